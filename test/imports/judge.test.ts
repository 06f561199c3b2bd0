import { describe, expect, it } from 'vitest';
import type { ImportedModule, Imports } from '../../src/collectors/imports.js';
import { judgeImports } from '../../src/imports/judge.js';
import type { BrokenImport } from '../../src/source/modules/resolve-imports.js';

const gone: BrokenImport = {
  kind: 'symbol-missing',
  file: 'app.py',
  line: 3,
  atModuleLevel: true,
  reachable: true,
  module: 'core.config',
  name: 'maker',
  meant: 'make',
};
const { name: _, ...rest } = gone;
const goneModule: BrokenImport = {
  ...rest,
  kind: 'module-missing',
  module: 'core.confg',
  meant: 'core.config',
  line: 9,
  atModuleLevel: false,
};

const judge = (broken: readonly BrokenImport[], imports?: Partial<Imports>) =>
  judgeImports({
    broken,
    project: { entry: { path: 'app.py', how: 'found' }, sourceRoot: '.', files: [] },
    imports: imports && { python: '3.11.7', isolation: 'fork', preloaded: [], modules: [], symbols: [], ...imports },
  });

const appWas = (status: ImportedModule['status']): Partial<Imports> => ({
  modules: [
    {
      module: 'app.py',
      path: 'app.py',
      wholeModule: false,
      reachable: true,
      status,
      durationMs: 1,
      exceptions: [],
      stack: [],
      output: [],
    },
  ],
});

describe('what the text shows', () => {
  it('is told in the static tier, once a cause, with a suggestion', () => {
    expect(judge([gone, { ...gone, file: 'b.py', line: 7 }, goneModule])).toEqual([
      {
        code: 'symbol-missing',
        subject: 'core.config:maker',
        message: 'core.config has no maker; it does have make',
        fix: 'Rename it where it is imported, or define maker in core.config again.',
        suggestion: 'make',
        location: { file: 'app.py', line: 3 },
        evidence: ['app.py:3 imports maker from core.config', 'also stops: b.py:7'],
      },
      {
        code: 'module-missing',
        subject: 'core.confg',
        message: 'There is no module core.confg in the dashboard; core.config is there',
        fix: 'Import core.config instead, or restore core.confg.',
        suggestion: 'core.config',
        location: { file: 'app.py', line: 9 },
        evidence: ['app.py:9 imports core.confg, once a function is called'],
      },
    ]);
  });

  it('is a warning where the entry does not reach it', () => {
    expect(judge([{ ...gone, reachable: false }])).toMatchObject([{ severity: 'warning' }]);
  });

  it('gives way to the interpreter where that executed the statement or looked up the name', () => {
    expect(judge([gone], appWas('ok'))).toEqual([]);
    expect(
      judge([gone], { symbols: [{ symbol: 'core.config:maker', status: 'ok', askedBy: [], nearest: [] }] }),
    ).toEqual([]);
    const askedBy = [{ file: 'app.py', line: 3, reachable: true }];
    const both = judge([gone], {
      symbols: [{ symbol: 'core.config:maker', status: 'missing', askedBy, nearest: ['make'] }],
    });
    expect(both).toHaveLength(1);
  });

  it('counts where the interpreter says nothing: in functions, after another failure', () => {
    expect(judge([goneModule], appWas('ok'))).toMatchObject([{ subject: 'core.confg' }]);
    expect(judge([gone], appWas('error'))).toMatchObject([{ subject: 'core.config:maker' }]);
    const symbols = [{ symbol: 'core.config:maker', status: 'module-failed' as const, askedBy: [], nearest: [] }];
    expect(judge([gone], { symbols })).toMatchObject([{ subject: 'core.config:maker' }]);
  });
});
