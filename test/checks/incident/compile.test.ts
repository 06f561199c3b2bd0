import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/checks/incident/compile.js';
import type { CompiledFile } from '../../../src/collectors/compilation.js';
import type { Project } from '../../../src/collectors/project.js';
import type { Finding } from '../../../src/engine/types.js';
import type { FileFacts } from '../../../src/source/types.js';

const ok: CompiledFile = { path: 'app.py', status: 'ok', warnings: [] };
const broken: CompiledFile = {
  path: 'core/config.py',
  status: 'syntax-error',
  error: { type: 'SyntaxError', message: "expected ':'", line: 3, column: 12, text: '    def f(x)' },
  warnings: [],
};

const judge = (files: readonly CompiledFile[], project?: Project) =>
  compile.run({
    source: { files: [] },
    compilation: { python: '3.11.7', files },
    ...(project === undefined ? {} : { project }),
  });

const plain: FileFacts = {
  path: 'core/config.py',
  hasSyntaxErrors: false,
  imports: [],
  definitions: [],
  definesDynamically: false,
  calls: [],
  hasMainGuard: false,
};

function withoutInterpreter(facts: FileFacts): readonly Finding[] {
  const found = compile.run({ source: { files: [facts] } });
  return 'notApplicable' in found ? [] : found;
}

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

  it.each([
    ['wrong syntax', { hasSyntaxErrors: true, syntaxErrorLine: 3 }, 'syntax-error', undefined, 3],
    [
      'a wrong encoding',
      { problem: { kind: 'encoding', message: 'no UTF-8', line: 2 } },
      'encoding-error',
      undefined,
      2,
    ],
    ['null bytes', { problem: { kind: 'binary', message: 'null bytes', line: 1 } }, 'encoding-error', undefined, 1],
    ['no permission', { problem: { kind: 'unreadable', message: 'EACCES' } }, 'unreadable', undefined, undefined],
    ['too much', { problem: { kind: 'too-large', message: 'too much' } }, 'unreadable', 'info', undefined],
  ] as const)('tells %s without the interpreter', (_, facts, code, severity, line) => {
    const [finding] = withoutInterpreter({ ...plain, ...facts });
    expect(finding).toMatchObject({ code, subject: 'core/config.py' });
    expect([finding?.severity, finding?.location?.line]).toEqual([severity, line]);
  });

  it('says nothing without the interpreter about files that are understood', () => {
    expect(withoutInterpreter(plain)).toEqual([]);
  });
});
