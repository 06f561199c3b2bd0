import type { Analysis } from '../source/analysis.js';
import { metricKeysOf } from '../source/keys/metric-keys.js';
import { resembling } from '../util/alike.js';
import type { Drawing } from './charts.js';
import { MetricProducers } from './metric-producers.js';
import { readsOf } from './metric-reads.js';
import { placeOf, type Scope } from './scopes.js';
import type { MetricRead } from './types.js';

/** What is known about metric keys: which a renderer reads, and whether anybody produces them. */
export interface MetricKeys {
  readBy(drawing: Drawing): readonly MetricRead[];
}

/**
 * A key is read where data that the renderer was given is subscripted with it, and produced where it is stored, or
 * listed, anywhere outside of the renderers, unless `contract/metric-keys` knows that it is lost on the way to that read.
 * @param drawings of every renderer, whose own stores produce nothing.
 */
export function metricKeysByText(
  analysis: Analysis,
  scopes: readonly Scope[],
  drawings: readonly Drawing[],
): MetricKeys {
  const reads = new Map(drawings.map((drawing) => [drawing, readsOf(analysis, drawing)]));
  const renderers = new Set([...reads.values()].flatMap(({ walked }) => [...walked]));
  const producers = new MetricProducers(analysis, scopes, renderers);
  const lost = lostReads(analysis);
  return {
    readBy(drawing) {
      const { keys } = reads.get(drawing) ?? readsOf(analysis, drawing);
      return keys.map(({ key, alternatives, module, at }): MetricRead => {
        const place = placeOf(analysis, module, at);
        const isProduced = [key, ...alternatives].some((each) => producers.produces(each));
        const onTheWay = alternatives.length === 0 ? lost.get(readId(place.path, place.line, key)) : undefined;
        if (onTheWay !== undefined) return { key, place, produced: 'no', ...onTheWay };
        const produced = isProduced ? 'yes' : producers.fromOutside ? 'unknown' : 'no';
        const near = produced === 'no' ? resembling(key, [...producers.keys]) : undefined;
        return { key, place, produced, ...(near === undefined ? {} : { nearest: near }) };
      });
    },
  };
}

/** By file, line and key: reads that no dict with the key ever comes to, and the key that was probably meant. */
function lostReads({ inference }: Analysis): ReadonlyMap<string, { nearest?: string }> {
  const lost = metricKeysOf(inference)
    .lost()
    .filter(({ where }) => where !== 'sometimes');
  return new Map(
    lost.flatMap(({ key, reads, nearest: near }) =>
      reads.map(({ file, line }) => [readId(file, line, key), near === undefined ? {} : { nearest: near.key }]),
    ),
  );
}

function readId(file: string, line: number, key: string): string {
  return `${file}:${line} ${key}`;
}
