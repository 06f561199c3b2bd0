import type { Analysis } from '../source/analysis.js';
import { nearest } from '../util/nearest.js';
import type { Drawing } from './charts.js';
import { MetricProducers } from './metric-producers.js';
import { readsOf } from './metric-reads.js';
import { placeOf } from './scopes.js';
import type { MetricRead } from './types.js';

/** What is known about metric keys: which a renderer reads, and whether anybody produces them. */
export interface MetricKeys {
  readBy(drawing: Drawing): readonly MetricRead[];
}

/**
 * By texts alone: a key is read where data that the renderer was given is subscripted with it, and produced where it is
 * stored, or listed, anywhere outside of the renderers.
 * @param drawings of every renderer, whose own stores produce nothing.
 */
export function metricKeysByText(analysis: Analysis, drawings: readonly Drawing[]): MetricKeys {
  const reads = new Map(drawings.map((drawing) => [drawing, readsOf(analysis, drawing)]));
  const renderers = new Set([...reads.values()].flatMap(({ walked }) => [...walked]));
  const producers = new MetricProducers(analysis, renderers);
  return {
    readBy(drawing) {
      const { keys } = reads.get(drawing) ?? readsOf(analysis, drawing);
      return keys.map(({ key, alternatives, module, at }): MetricRead => {
        const isProduced = [key, ...alternatives].some((each) => producers.produces(each));
        const produced = isProduced ? 'yes' : producers.fromOutside ? 'unknown' : 'no';
        const near = produced === 'no' ? nearest(key, producers.keys) : undefined;
        return {
          key,
          place: placeOf(analysis, module, at),
          produced,
          ...(near === undefined ? {} : { nearest: near }),
        };
      });
    },
  };
}
