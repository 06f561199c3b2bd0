import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { factsOf } from '../../../src/source/facts/facts.js';
import { loadPythonParser } from '../../../src/source/parsing/parser.js';
import type { CallUse, FileFacts, ImportUse } from '../../../src/source/types.js';
import { exec } from '../../../src/util/exec.js';
import { python, sitePackages } from '../../python.js';
import { pythonFiles } from '../python-files.js';

const callees = ['getattr', 'field', 'TypeVar', 'doc', 'deprecate_kwarg', 'get', 'append', 'option', 'super', 'open'];

interface Said {
  path: string;
  syntaxError?: string;
  imports: ImportUse[];
  calls: Omit<CallUse, 'column'>[];
  definitions: string[];
}

/** Python's own ast and symtable are the judge: file by file, on the code of real packages. */
describe.each(['streamlit', 'plotly', 'pandas', 'numpy', 'click', 'requests', 'jinja2', 'huggingface_hub', 'pip'])(
  '%s',
  (name) => {
    test('imports, definitions and calls are those that Python sees', async () => {
      const files = pythonFiles(join(sitePackages, name)).slice(0, 150);
      const said = await ask(files);
      const parser = await loadPythonParser();
      expect(said.length).toBeGreaterThan(15);
      for (const [index, expected] of said.entries()) {
        const facts = factsOf(parser, expected.path, await readFile(files[index] ?? ''), new Set(callees));
        expect(comparable(facts)).toEqual(sorted(expected));
      }
    });
  },
);

async function ask(files: readonly string[]): Promise<Said[]> {
  const { stdout, stderr } = await exec(python, ['-B', fileURLToPath(new URL('oracle.py', import.meta.url))], {
    lifeline: `${JSON.stringify({ files, callees })}\n`,
  });
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split('\n')
    .map((line): Said => JSON.parse(line));
}

function comparable(facts: FileFacts): Said {
  const { path, hasSyntaxErrors, imports, definitions } = facts;
  if (facts.problem !== undefined || hasSyntaxErrors) {
    return { path, syntaxError: '', imports: [], calls: [], definitions: [] };
  }
  const calls = facts.calls.map(({ callee, arguments: given, line, guarded }) => ({
    callee,
    arguments: given,
    line,
    guarded,
  }));
  const stated = imports.map(({ module, level, names, line, atModuleLevel, guarded, typeCheckingOnly }) => ({
    module,
    level,
    names,
    line,
    atModuleLevel,
    guarded,
    typeCheckingOnly,
  }));
  return sorted({ path, imports: stated, calls, definitions: [...definitions] });
}

/** Calls come in the order of their names here and of their beginnings there. */
function sorted(said: Said): Said {
  if (said.syntaxError !== undefined) {
    return { path: said.path, syntaxError: '', imports: [], calls: [], definitions: [] };
  }
  const key = (value: unknown): string => JSON.stringify(value, ['line', 'callee', 'arguments', '0', '1', 'module']);
  const byKey = (a: unknown, b: unknown): number => (key(a) < key(b) ? -1 : 1);
  return { ...said, calls: said.calls.toSorted(byKey), imports: said.imports.toSorted(byKey) };
}
