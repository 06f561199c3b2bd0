import { readFile } from 'node:fs/promises';
import { packageFile } from '../../util/package-root.js';

/** By dotted name of a class from outside: all that its objects have, in any release somebody looked at. */
export type OutsideClasses = ReadonlyMap<string, ReadonlySet<string>>;

let loading: Promise<OutsideClasses> | undefined;

/** The classes of `data/outside-classes.json`, which `scripts/outside-classes.py` writes. */
export function loadOutsideClasses(): Promise<OutsideClasses> {
  loading ??= load();
  return loading;
}

async function load(): Promise<OutsideClasses> {
  const text = await readFile(packageFile('data/outside-classes.json'), 'utf8');
  const classes: Readonly<Record<string, readonly string[]>> = JSON.parse(text);
  return new Map(Object.entries(classes).map(([name, names]) => [name, new Set(names)]));
}
