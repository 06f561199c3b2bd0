import { UsageError } from './errors.js';
import { nearest } from '../util/nearest.js';
import type { Check } from './types.js';

/**
 * The checks that `--only` and `--skip` leave, in registry order. A name is an id (`incident/import`), a group
 * (`incident`) or a glob (`*import`).
 * @throws UsageError naming the nearest id for a name that is none of these.
 */
export function selectChecks(
  checks: readonly Check[],
  only: readonly string[],
  skip: readonly string[],
): { selected: readonly Check[]; left: ReadonlyMap<string, string> } {
  const ids = checks.map((check) => check.id);
  const groups = new Set(ids.map(groupOf));
  for (const name of [...only, ...skip]) {
    if (!ids.some((id) => isNamedBy(name, id))) {
      const near = nearestCheck(name, ids) ?? nearest(name, groups);
      throw new UsageError(
        `there is no check or group called "${name}"${near === undefined ? '' : `; did you mean "${near}"?`}`,
        'moe-check checks list',
      );
    }
  }
  const names = (list: readonly string[], check: Check) => list.some((name) => isNamedBy(name, check.id));
  const left = new Map<string, string>();
  const selected = checks.filter((check) => {
    if (only.length > 0 && !names(only, check)) left.set(check.id, 'not among the checks asked for (--only)');
    else if (names(skip, check)) left.set(check.id, 'left out on purpose (--skip)');
    return !left.has(check.id);
  });
  return { selected, left };
}

function isNamedBy(name: string, id: string): boolean {
  if (!name.includes('*')) return name === id || name === groupOf(id);
  const pattern = name.split('*').map((part) => part.replaceAll(/[^\w/-]/g, String.raw`\$&`));
  return new RegExp(`^${pattern.join('.*')}$`).test(id);
}

function groupOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

/** The check that was probably meant. Where the group is right, only the rest of the name tells. */
export function nearestCheck(name: string, ids: readonly string[]): string | undefined {
  const group = groupOf(name);
  const beside = ids.filter((id) => groupOf(id) === group);
  if (beside.length === 0) return nearest(name, ids);
  const near = nearest(
    name.slice(group.length),
    beside.map((id) => id.slice(group.length)),
  );
  return near === undefined ? undefined : `${group}${near}`;
}
