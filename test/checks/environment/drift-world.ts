import { drift } from '../../../src/checks/environment/drift.js';
import type { ImportedModule, Imports, PythonException } from '../../../src/collectors/imports.js';
import type { Launch } from '../../../src/collectors/launch.js';
import type { FileFacts } from '../../../src/source/types.js';
import { distribution, environment, project } from './world.js';

export interface World {
  /** `numpy 1.26.4` */
  before: readonly string[];
  now: readonly string[];
  python?: string;
  source?: readonly FileFacts[];
  imports?: Imports;
  launch?: Launch;
}

export function judge({ before, now, python = '3.11.7', source = [], imports, launch }: World) {
  const result = drift.run({
    'recorded-environment': {
      record: {
        schema: 'moe-check-environment/1',
        recordedAt: '2026-11-20T08:00:00.000Z',
        python,
        implementation: 'CPython',
        packages: Object.fromEntries(before.map((each) => each.split(' '))),
      },
    },
    distributions: {
      python: '/app/.venv/bin/python',
      toldBy: 'folder',
      environment: { ...environment, platform_python_implementation: 'CPython' },
      installed: now.map(distribution),
    },
    source: { files: source },
    project: project(),
    ...(imports && { imports }),
    ...(launch && { launch }),
  });
  if ('notApplicable' in result) throw new Error(result.notApplicable);
  return result;
}

export const verdicts = (world: World) =>
  judge(world).map(({ severity = 'warning', code, subject }) => `${severity} ${code} ${subject}`);

export function raised(
  message: string,
  files: readonly string[] = [],
  more: Partial<PythonException> = {},
): PythonException {
  const stack = files.map((file) => ({ file, line: 1, function: 'f', own: !file.startsWith('/') }));
  return { type: 'ImportError', message, stack, ...more };
}

export function failing(path: string, ...exceptions: PythonException[]): Imports {
  const module: ImportedModule = {
    module: path.replace('.py', '').replaceAll('/', '.'),
    path,
    wholeModule: true,
    reachable: true,
    status: 'error',
    durationMs: 1,
    exceptions,
    stack: [],
    output: [],
  };
  return { python: '/app/.venv/bin/python', isolation: 'fork', preloaded: [], modules: [module], symbols: [] };
}

export function launched(log: readonly string[], chain?: readonly PythonException[]): Launch {
  const exceptions = chain === undefined ? [] : [{ isWarning: false, chain }];
  return {
    framework: 'streamlit',
    subject: 'app.py',
    command: [],
    wantedPort: { number: 8501, pinned: false, how: 'default', taken: false },
    rungs: log.length === 0 ? [] : [{ rung: 'process-up', state: 'failed', durationMs: 1, detail: 'it exited with 1' }],
    pages: [{ page: 'app.py', state: 'finished', detail: '', reruns: 0, durationMs: 1, exceptions }],
    deadThreads: [],
    process: { exitedEarly: log.length > 0 },
    log,
    recognized: [],
  };
}
