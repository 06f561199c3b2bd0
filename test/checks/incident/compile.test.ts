import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/checks/incident/compile.js';
import type { CompiledFile } from '../../../src/collectors/compilation.js';
import type { Project } from '../../../src/collectors/project.js';

const ok: CompiledFile = { path: 'app.py', status: 'ok', warnings: [] };
const broken: CompiledFile = {
  path: 'core/config.py',
  status: 'syntax-error',
  error: { type: 'SyntaxError', message: "expected ':'", line: 3, column: 12, text: '    def f(x)' },
  warnings: [],
};

const judge = (files: readonly CompiledFile[], project?: Project) =>
  compile.run({ compilation: { python: '3.11.7', files }, ...(project === undefined ? {} : { project }) });

const project = (reachable: boolean, entry = true): Project => ({
  root: '/r',
  run: { viaModule: false, folder: '.', args: [] },
  sourceRoot: '.',
  port: { number: 8501, pinned: false, how: '' },
  files: [
    { path: 'core/config.py', role: 'module', module: 'core.config', reachable },
    { path: 'app.py', role: entry ? 'entry' : 'script', reachable: false },
  ],
  outsideModules: [],
});

describe('incident/compile', () => {
  it('stays silent about files that compile, whatever the compiler warns of', () => {
    expect(judge([ok, { ...ok, warnings: [{ message: "invalid escape sequence '\\d'", line: 1 }] }])).toEqual([]);
  });

  it('points at the place', () => {
    expect(judge([ok, broken])).toMatchObject([
      {
        code: 'syntax-error',
        subject: 'core/config.py',
        message: "core/config.py, line 3: Python 3.11.7 cannot compile it: expected ':'",
        location: { file: 'core/config.py', line: 3, column: 12 },
        evidence: ['core/config.py:3: def f(x)', '                         ^', "SyntaxError: expected ':'"],
      },
    ]);
  });

  it('says what is wrong with a file that is no text', () => {
    const error = { type: 'ValueError', message: 'binary file: it contains null bytes, so it is no Python source' };
    expect(judge([{ ...broken, status: 'encoding-error', error }])).toMatchObject([
      { code: 'encoding-error', evidence: [expect.stringContaining('binary file')] },
    ]);
  });

  it('warns where the dashboard does not need the file', () => {
    expect(judge([broken], project(false))).toMatchObject([{ severity: 'warning' }]);
    expect(judge([broken], project(true))).not.toHaveProperty('[0].severity');
  });

  it('takes everything as needed where no entry script is known', () => {
    expect(judge([broken], project(false, false))).not.toHaveProperty('[0].severity');
  });
});
