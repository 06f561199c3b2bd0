/** Which name or import was probably meant? */
import type { Scope } from '../names/scope.js';
import type { Program } from '../program.js';
import type { Statement } from '../syntax/tree.js';
import { nearest } from '../../util/nearest.js';

/** Modules of the standard library that people forget to import. */
const modules = new Set(
  `abc argparse ast asyncio base64 collections contextlib copy csv datetime functools gc glob hashlib inspect io
  itertools json logging math multiprocessing operator os pathlib pickle platform pprint queue random re shutil signal
  socket statistics string struct subprocess sys tempfile textwrap threading time traceback types typing uuid warnings
  weakref`
    .trim()
    .split(/\s+/),
);

/** How a file of the repository imports the name; else how anybody does. */
export function importOf(name: string, program: Program): string | undefined {
  for (const path of program.paths) {
    for (const statement of program.module(path)?.syntax.body ?? []) {
      const found = importing(statement, name);
      if (found !== undefined) return found;
    }
  }
  return modules.has(name) ? `import ${name}` : undefined;
}

function importing(statement: Statement, name: string): string | undefined {
  if (statement.kind !== 'Import' && statement.kind !== 'ImportFrom') return undefined;
  // A relative import means something else in another file.
  if (statement.kind === 'ImportFrom' && statement.level > 0) return undefined;
  const alias = statement.names.find((each) => (each.as ?? each.name) === name);
  if (alias === undefined) return undefined;
  const what = alias.as === undefined ? alias.name : `${alias.name} as ${alias.as}`;
  return statement.kind === 'Import' ? `import ${what}` : `from ${statement.module} import ${what}`;
}

/** A visible name that is spelled nearly the same. */
export function nearestVisible(name: string, scope: Scope): string | undefined {
  const visible = new Set<string>();
  for (let each: Scope | undefined = scope; each !== undefined; each = each.parent) {
    for (const bound of each.bound) if (bound !== name) visible.add(bound);
  }
  return name.length < 3 ? undefined : nearest(name, visible);
}
