import type { EnvironmentRecord } from '../../../environment/record.js';
import { releaseOf } from '../../../requirements/versions.js';

/** One thing about the environment that is not as it was recorded. */
export interface Change {
  code: 'changed' | 'added' | 'removed' | 'python-changed';
  /** The distribution, normalized; `python` for the interpreter. */
  name: string;
  before?: string;
  now?: string;
  /** Which number of the release differs first: 0 is the major one. What came or went counts as 0. */
  depth: number;
}

/** What differs between the record and the environment now, in the order of names. */
export function changesSince(before: EnvironmentRecord, now: EnvironmentRecord): readonly Change[] {
  const names = [...new Set([...Object.keys(before.packages), ...Object.keys(now.packages)])].sort();
  const packages = names.flatMap((name) => changeOf(name, before.packages[name], now.packages[name]));
  const [old, current] = [before, now].map(({ implementation, python }) => `${implementation} ${python}`);
  if (old === current) return packages;
  const depth = before.implementation === now.implementation ? depthOf(before.python, now.python) : 0;
  return [{ code: 'python-changed', name: 'python', before: old ?? '', now: current ?? '', depth }, ...packages];
}

function changeOf(name: string, before: string | undefined, now: string | undefined): readonly Change[] {
  if (before === now) return [];
  if (before === undefined) return now === undefined ? [] : [{ code: 'added', name, now, depth: 0 }];
  if (now === undefined) return [{ code: 'removed', name, before, depth: 0 }];
  return [{ code: 'changed', name, before, now, depth: depthOf(before, now) }];
}

/** Below 1.0 the second number is the one that breaks things, and counts as the first. */
function depthOf(before: string, now: string): number {
  const [a, b] = [releaseOf(before, 4), releaseOf(now, 4)];
  if (a === undefined || b === undefined) return 0;
  const first = a.findIndex((number, index) => number !== b[index]);
  if (first === -1) return 4;
  return a[0] === 0 && b[0] === 0 ? first - 1 : first;
}
