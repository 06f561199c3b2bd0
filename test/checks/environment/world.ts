import type { InstalledDistribution } from '../../../src/requirements/types.js';
import type { Project } from '../../../src/collectors/project.js';
import type { FileFacts } from '../../../src/source/types.js';

export const environment: Readonly<Record<string, string>> = {
  implementation_name: 'cpython',
  os_name: 'posix',
  platform_machine: 'x86_64',
  platform_system: 'Linux',
  python_full_version: '3.11.7',
  python_version: '3.11',
  sys_platform: 'linux',
};

/** Built from `numpy 2.4.6`, what it requires after a colon: `pandas 3.0.6: numpy>=1.26; tzdata`. The import name is its own. */
export function distribution(text: string): InstalledDistribution {
  const [head = '', ...requires] = text.split(/: | & /);
  const [name = '', version = ''] = head.split(' ');
  return { name, version, requires, modules: [name.replaceAll('-', '_')], editable: false };
}

export function imports(...modules: string[]): FileFacts {
  return importsIn('app.py', modules);
}

export function importsIn(path: string, modules: readonly string[]): FileFacts {
  const use = { level: 0, names: [], line: 1, atModuleLevel: true, guarded: false, typeCheckingOnly: false };
  return {
    path,
    hasSyntaxErrors: false,
    imports: modules.map((module) => ({ module, ...use })),
    definitions: [],
    definesDynamically: false,
    calls: [],
    hasMainGuard: false,
  };
}

/** A dashboard whose files play no part worth mentioning. */
export function project(...files: Project['files']): Project {
  const port = { number: 8501, pinned: false, how: 'default' };
  return {
    root: '/app',
    entry: { path: 'app.py', how: 'named' },
    framework: 'streamlit',
    run: { viaModule: false, folder: '.', args: [] },
    sourceRoot: '.',
    port,
    files,
    outsideModules: [],
  };
}
