import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { decodePython } from '../../../src/source/parsing/decode.js';
import { namesOf, type Names } from '../../../src/source/names/names.js';
import { storedName, type Scope } from '../../../src/source/names/scope.js';
import { loadPythonParser } from '../../../src/source/parsing/parser.js';
import { syntaxOf } from '../../../src/source/syntax/read.js';
import { expressionsOfModule } from '../../../src/source/syntax/walk.js';
import { positionOf, type ModuleSyntax, type Name } from '../../../src/source/syntax/tree.js';
import { exec } from '../../../src/util/exec.js';
import { python, sitePackages } from '../../python.js';
import { pythonFiles } from '../python-files.js';

/** One scope, as Python's symtable and we can both tell it. */
interface Told {
  scope: string;
  line: number;
  bound: string[];
  parameters: string[];
  globals: string[];
  nonlocals: string[];
  free: string[];
  outer: string[];
}

/** Python's own symtable is the judge: scope by scope, on the code of real packages. */
describe.each(['streamlit', 'plotly', 'pandas', 'numpy', 'click', 'requests', 'jinja2', 'huggingface_hub', 'pip'])(
  '%s',
  (name) => {
    test('every name lives in the scope that Python puts it in', async () => {
      const files = pythonFiles(path.join(sitePackages, name)).slice(0, 120);
      const { ours, theirs } = await compared(files);
      expect(ours).toEqual(theirs);
    });
  },
);

test('whatever binds a name', async () => {
  const { ours, theirs } = await compared([fileURLToPath(new URL('every-binding.py', import.meta.url))]);
  expect(ours[0]?.scopes.length).toBeGreaterThan(15);
  expect(ours).toEqual(theirs);
});

interface Compared {
  file: string;
  scopes: Told[];
}

async function compared(files: readonly string[]): Promise<{ ours: Compared[]; theirs: Compared[] }> {
  const ours: Compared[] = [];
  const theirs: Compared[] = [];
  const parser = await loadPythonParser();
  const said = await askPython(files);
  expect(said.length).toBe(files.length);
  for (const [index, file] of files.entries()) {
    const expected = said[index];
    const decoded = decodePython(await readFile(file));
    if (expected === null || expected === undefined || !('text' in decoded)) continue;
    const syntax = syntaxOf(parser, decoded.text);
    const { told, leftOut } = tell(syntax);
    const isCompared = (each: string): boolean => !leftOut.has(each);
    const comparable = (scopes: Told[]): Told[] =>
      scopes
        .map((each) => ({
          ...each,
          free: each.free.filter(isCompared),
          outer: each.outer.filter(isCompared),
        }))
        .sort((a, b) => a.line - b.line || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    ours.push({ file, scopes: comparable(told) });
    theirs.push({ file, scopes: comparable(expected) });
  }
  return { ours, theirs };
}

/**
 * Left out are names in annotations, for whether Python looks them up depends on its release, and those that a walrus
 * binds around a comprehension, which `symtable` tells in a way of its own.
 */
function tell(syntax: ModuleSyntax): { told: Told[]; leftOut: Set<string> } {
  const names = namesOf(syntax);
  const leftOut = new Set<string>();
  for (const each of expressionsOfModule(syntax)) if (each.kind === 'NamedExpr') leftOut.add(each.target.id);
  const declared = names.all.flatMap(({ globals }) => [...globals]);
  const told = names.all.map((scope) => {
    for (const { id } of [...scope.annotations, ...scope.hints]) leftOut.add(id);
    const read = (where: 'free' | 'outer'): string[] =>
      sorted(
        scope.reads.filter((name) => livesIn(names, scope, name) === where).map(({ id }) => storedName(id, scope)),
      );
    return {
      scope: scopeName(scope),
      line: 'at' in scope.node ? positionOf(syntax, scope.node.at).line : 0,
      bound: sorted([...scope.bound, ...(scope === names.module ? declared : [])]),
      parameters:
        'params' in scope.node && scope.kind !== 'type-parameters'
          ? sorted(scope.node.params.map(({ name }) => storedName(name, scope)))
          : [],
      globals: sorted(scope.globals),
      nonlocals: sorted(scope.nonlocals),
      free: read('free'),
      outer: read('outer'),
    };
  });
  return { told, leftOut };
}

function scopeName({ kind, node }: Scope): string {
  if (kind === 'module') return 'module';
  if (kind === 'lambda') return 'function lambda';
  if (kind === 'type-parameters') return `type parameters ${'name' in node ? node.name : ''}`;
  if ('name' in node) return `${kind} ${node.name}`;
  const comprehensions = { ListComp: 'listcomp', SetComp: 'setcomp', DictComp: 'dictcomp', GeneratorExp: 'genexpr' };
  return 'kind' in node && node.kind in comprehensions
    ? `function ${comprehensions[node.kind as keyof typeof comprehensions]}`
    : kind;
}

/** Undefined for what `symtable` tells in another way, or not at all. */
function livesIn(names: Names, scope: Scope, { id }: Name): 'here' | 'free' | 'outer' | undefined {
  const stored = storedName(id, scope);
  if (id === '__class__' || scope.globals.has(stored) || scope.nonlocals.has(stored)) return undefined;
  const owner = names.resolve(id, scope);
  if (owner === scope && (scope.kind !== 'module' || scope.bound.has(stored) || names.boundAsGlobal.has(stored)))
    return 'here';
  return owner === undefined || owner.kind === 'module' ? 'outer' : 'free';
}

async function askPython(files: readonly string[]): Promise<(Told[] | null)[]> {
  const { stdout, stderr } = await exec(python, ['-B', fileURLToPath(new URL('oracle.py', import.meta.url))], {
    lifeline: `${JSON.stringify({ files })}\n`,
  });
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Told[] | null);
}

function sorted(names: Iterable<string>): string[] {
  return [...new Set(names)].sort();
}
