import { describe, expect, it } from 'vitest';
import { importCheck } from '../../../src/checks/incident/import.js';
import type { FileFacts } from '../../../src/source/types.js';
import { nothingRead } from './nothing-read.js';

describe('what is not installed', () => {
  const app: FileFacts = {
    path: 'app.py',
    hasSyntaxErrors: false,
    imports: ['streamlit', 'altair'].map((module, at) => ({
      module,
      level: 0,
      names: [],
      line: at + 1,
      atModuleLevel: true,
      guarded: false,
      typeCheckingOnly: false,
    })),
    definitions: [],
    definesDynamically: false,
    calls: [],
    hasMainGuard: false,
  };
  const read = {
    ...nothingRead,
    source: { files: [app] },
    project: { ...nothingRead.project, files: [{ path: 'app.py', role: 'entry' as const, reachable: true }] },
  };
  const environment = (importable: readonly string[] | undefined) => ({
    python: '/venv/bin/python',
    toldBy: 'folder' as const,
    environment: {},
    installed: [],
    ...(importable && { importable }),
  });

  it('is told from the folder of packages as long as no interpreter has tried', () => {
    expect(importCheck.run({ ...read, distributions: environment(['streamlit']) })).toMatchObject([
      { code: 'module-missing', message: 'altair is not installed', fix: '/venv/bin/python -m pip install altair' },
    ]);
    expect(importCheck.run({ ...read, distributions: environment(['altair', 'streamlit']) })).toEqual([]);
  });

  it('is not told where the folder does not settle it, or the interpreter has had it', () => {
    expect(importCheck.run({ ...read, distributions: environment(undefined) })).toEqual([]);
    expect(importCheck.run(read)).toEqual([]);
    const imports = { python: '3.11.7', isolation: 'fork' as const, preloaded: [], modules: [], symbols: [] };
    expect(importCheck.run({ ...read, imports, distributions: environment([]) })).toEqual([]);
  });
});
