import { MetricKeys } from '../../../src/source/keys/metric-keys.js';
import { inferenceOf, type Sources } from '../values/inference-of.js';

export async function keysOf(sources: Sources): Promise<MetricKeys> {
  return new MetricKeys(await inferenceOf(sources));
}

/** `nowhere key -> renamed`, `dropped key in function`, `sometimes key`, `unread key`; `?` behind what is only tested for. */
export async function told(sources: Sources): Promise<string[]> {
  const keys = await keysOf(sources);
  const lost = keys.lost().map(({ key, where, reads, lacking, nearest }) => {
    const isOnlyTested = reads.every(({ isGuarded, how }) => isGuarded || how === 'test');
    const place = where === 'dropped' ? ` in ${lacking.map((each) => each.in ?? each.file).join(', ')}` : '';
    const renamed = nearest === undefined || where === 'dropped' ? '' : ` -> ${nearest.key}`;
    return `${where} ${key}${place}${renamed}${isOnlyTested ? ' ?' : ''}`;
  });
  return [...lost, ...keys.unread().map(({ key }) => `unread ${key}`)];
}

/** What must be told of one text, and a text beside it that is right. */
export interface Pair {
  fires: Sources;
  told: readonly string[];
  silent: Sources;
}
