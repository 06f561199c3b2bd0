import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { decodePython } from '../../../src/source/parsing/decode.js';
import { loadPythonParser } from '../../../src/source/parsing/parser.js';
import { syntaxOf } from '../../../src/source/syntax/read.js';
import { exec } from '../../../src/util/exec.js';
import { python, sitePackages } from '../../python.js';
import { pythonFiles } from '../python-files.js';

/** Python's own ast is the judge: file by file, on the code of real packages. */
describe.each(['streamlit', 'plotly', 'pandas', 'numpy', 'click', 'requests', 'jinja2', 'huggingface_hub', 'pip'])(
  '%s',
  (name) => {
    test('every statement and expression is what Python sees', async () => {
      const files = pythonFiles(path.join(sitePackages, name)).slice(0, 120);
      const parser = await loadPythonParser();
      const said = await askPython(files);
      expect(said.length).toBe(files.length);
      for (const [index, file] of files.entries()) {
        const expected = said[index];
        if (expected === null) continue;
        const decoded = decodePython(await readFile(file));
        // Characters by their Unicode names are not looked up.
        if ('text' in decoded && /\\N\{/.test(decoded.text)) continue;
        const syntax = 'text' in decoded ? syntaxOf(parser, decoded.text) : undefined;
        expect({ file, errors: syntax?.hasSyntaxErrors, body: withoutPlaces(syntax?.body) }).toEqual({
          file,
          errors: undefined,
          body: expected,
        });
      }
    });
  },
);

test('what the newest grammar has', async () => {
  const file = fileURLToPath(new URL('every-construct.py', import.meta.url));
  const [expected] = await askPython([file]);
  const syntax = syntaxOf(await loadPythonParser(), await readFile(file, 'utf8'));
  expect(expected).not.toBeNull();
  expect(withoutPlaces(syntax.body)).toEqual(expected);
});

async function askPython(files: readonly string[]): Promise<unknown[]> {
  const { stdout, stderr } = await exec(python, ['-B', fileURLToPath(new URL('oracle.py', import.meta.url))], {
    lifeline: `${JSON.stringify({ files })}\n`,
  });
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

function withoutPlaces(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, each: unknown) => (['at', 'nameAt', 'quoted'].includes(key) ? undefined : each)),
  );
}
