import { collectors } from '../collectors/index.js';
import { collect, valuesOf } from '../engine/collect.js';
import { CannotLook } from '../engine/errors.js';
import { planLooks } from '../engine/plan.js';
import type { ArtifactKey, Artifacts, Settings } from '../engine/types.js';

/**
 * Collects some artifacts, with nothing judged by them.
 * @throws CannotLook for the first that could not be had, with its fix.
 */
export async function inspect<K extends ArtifactKey>(
  keys: readonly K[],
  settings: Settings,
  signal: AbortSignal,
): Promise<Pick<Artifacts, K>> {
  const looks = await collect(planLooks([{ needs: keys }], collectors, 'launch'), settings, signal);
  for (const { collector, collected } of looks.values()) {
    if (collected.state === 'failed') throw new CannotLook(collected.error.message, collected.error.fix);
    if (collected.state === 'skipped') throw new CannotLook(`${collector.title}: ${collected.reason}`);
  }
  return valuesOf(looks.values());
}
