import type { Analysis } from '../source/analysis.js';
import { metricKeysOf } from '../source/keys/metric-keys.js';
import { resembling } from '../util/alike.js';
import type { Drawing } from './charts.js';
import { MetricProducers } from './metric-producers.js';
import { readsOf, type KeyRead } from './metric-reads.js';
import { hole } from './plot-text.js';
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
  const { lost, inVain } = readsInVain(analysis, renderers);
  const judged = ({ key, alternatives, module, at, written, isFollowed }: KeyRead): MetricRead => {
    const place = placeOf(analysis, module, at);
    const id = readId(place.path, place.line, key);
    const onTheWay = alternatives.length === 0 ? lost.get(id) : undefined;
    if (onTheWay !== undefined) return { key, place, produced: 'no', ...onTheWay };
    const isInVain = alternatives.length === 0 && inVain.has(id);
    const near = () => {
      const nearest = resembling(key, [...producers.keys]);
      return nearest === undefined ? {} : { nearest };
    };
    if (isFollowed) {
      const shown = written === undefined ? place : placeOf(analysis, written.module, written.at);
      return isInVain ? { key, place: shown, produced: 'no', ...near() } : { key, place: shown, produced: 'yes' };
    }
    const isProduced = !isInVain && [key, ...alternatives].some((each) => producers.produces(each));
    if (isProduced) return { key, place, produced: 'yes' };
    return !isInVain && producers.fromOutside
      ? { key, place, produced: 'unknown' }
      : { key, place, produced: 'no', ...near() };
  };
  return {
    readBy: (drawing) => (reads.get(drawing) ?? readsOf(analysis, drawing)).keys.map(judged),
  };
}

/**
 * By file, line and key: reads that no dict with the key ever comes to; of `lost`, with the key that was probably meant,
 * `contract/metric-keys` is certain without knowing that a plot is drawn of it.
 */
function readsInVain(
  { inference }: Analysis,
  renderers: ReadonlySet<unknown>,
): {
  lost: ReadonlyMap<string, { nearest?: string }>;
  inVain: ReadonlySet<string>;
} {
  const keys = metricKeysOf(inference);
  const lost = keys.lost().filter(({ where }) => where !== 'sometimes');
  // What a renderer makes itself is no measurement: a layout, a trace.
  const vain = keys.inVain().filter(({ madeIn }) => !madeIn.some((fn) => renderers.has(fn.body)));
  return {
    lost: new Map(
      lost.flatMap(({ key, reads, nearest: near }) =>
        reads.map(({ file, line }) => [readId(file, line, key), near === undefined ? {} : { nearest: near.key }]),
      ),
    ),
    inVain: new Set(vain.map(({ pattern, file, line }) => readId(file, line, pattern.join(hole)))),
  };
}

function readId(file: string, line: number, key: string): string {
  return `${file}:${line} ${key}`;
}
