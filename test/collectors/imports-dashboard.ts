import { createFixture, type FileTree, type FsFixture } from 'fs-fixture';
import { importsCollector, type ImportedModule, type Imports } from '../../src/collectors/imports.js';
import type { Attributes } from '../../src/collectors/attributes.js';
import type { FileRole, Project, ProjectFile } from '../../src/collectors/project.js';
import type { Settings } from '../../src/engine/types.js';
import type { MissingAttribute } from '../../src/source/values/missing-attributes.js';
import type { FileFacts, ImportUse } from '../../src/source/types.js';
import { settings } from '../engine/stand-ins.js';

export interface Dashboard {
  /** Python files by path; what is in `tools/` is a script, `app.py` the entry, `tests/` tests, all else modules. */
  files: Record<string, string>;
  /** Import statements that the static model sees, by path. */
  uses?: Readonly<Record<string, readonly Partial<ImportUse>[]>>;
  outside?: readonly string[];
  dynamic?: readonly string[];
  settings?: Partial<Settings>;
  timeoutS?: number;
  signal?: AbortSignal;
  /** Attributes that the text of a class in `core/` does not show. */
  asked?: readonly Pick<MissingAttribute, 'owners' | 'name' | 'outsideBases'>[];
}

/** A dashboard on disk, and what the collectors before `imports` would say about it. */
export async function importing(executable: string, given: Dashboard): Promise<Imports & { fixture: FsFixture }> {
  const fixture = await createFixture(given.files as FileTree);
  const paths = Object.keys(given.files);
  const project: Project = {
    root: fixture.path,
    run: { viaModule: false, folder: '.', args: [] },
    sourceRoot: '.',
    port: { number: 8501, pinned: false, how: '' },
    files: paths.map(asProjectFile),
    outsideModules: given.outside ?? [],
  };
  const collected = await importsCollector.collect({
    settings: {
      ...settings,
      ...given.settings,
      root: fixture.path,
      imports: { timeoutS: given.timeoutS ?? 20 },
    },
    signal: given.signal ?? new AbortController().signal,
    artifacts: {
      project,
      source: { files: paths.map((path) => factsOf(path, given)) },
      ...(given.asked === undefined ? {} : { attributes: attributesOf(given.asked) }),
      interpreter: { executable, version: '', implementation: '', platform: '', how: '', distributions: {} },
    },
  });
  return { ...collected, fixture };
}

function attributesOf(asked: NonNullable<Dashboard['asked']>): Attributes {
  const place = { file: 'app.py', line: 1, column: 1, receiver: 'x', isCall: true, text: '', reachable: true };
  return { missing: asked.map((each) => ({ ...place, ...each })), resolved: 0, unresolved: 0 };
}

/** What is said about one module, by its path. */
export function about(imports: Imports, path: string): ImportedModule {
  const found = imports.modules.find((module) => module.path === path);
  if (found === undefined) throw new Error(`nothing is said about ${path}`);
  return found;
}

function asProjectFile(path: string): ProjectFile {
  const role: FileRole =
    path === 'app.py'
      ? 'entry'
      : path.startsWith('tools/')
        ? 'script'
        : path.startsWith('tests/')
          ? 'test'
          : path.startsWith('pages/')
            ? 'page'
            : 'module';
  const module = path.replace(/(^|\/)__init__\.py$|\.py$/, '').replaceAll('/', '.');
  return { path, role, module, reachable: role === 'module' };
}

function factsOf(path: string, { uses, dynamic }: Dashboard): FileFacts {
  const use: ImportUse = {
    module: '',
    level: 0,
    names: [],
    line: 1,
    atModuleLevel: true,
    guarded: false,
    typeCheckingOnly: false,
  };
  return {
    path,
    hasSyntaxErrors: false,
    imports: (uses?.[path] ?? []).map((given) => ({ ...use, ...given })),
    definitions: [],
    definesDynamically: dynamic?.includes(path) ?? false,
    calls: [],
    hasMainGuard: false,
  };
}
