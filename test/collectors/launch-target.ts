import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { startup } from '../../src/checks/incident/startup.js';
import { launchCollector } from '../../src/collectors/launch.js';
import type { Artifacts, Finding, Settings } from '../../src/engine/types.js';

// Whoever runs the tests may have set what the launch itself must see to.
delete process.env['PYTHONDONTWRITEBYTECODE'];

const python = path.join(import.meta.dirname, '../../.venv/bin/python');

export const interpreter: Artifacts['interpreter'] = {
  executable: python,
  version: '3.11.7',
  implementation: 'CPython',
  platform: 'linux',
  how: 'the test environment',
  distributions: { streamlit: '1.64.0' },
};

export function settingsFor(root: string, launchSettings: Partial<Settings['launch']> = {}): Settings {
  return {
    root,
    symbols: [],
    exclude: [],
    imports: { timeoutS: 30 },
    launch: { args: [], env: {}, timeoutS: 30, ...launchSettings },
    network: { endpoints: [], timeoutS: 5 },
    metrics: { runs: [] },
    plots: { overrides: {} },
    train: false,
    only: [],
    skip: [],
    tier: 'launch',
    failOn: 'error',
  };
}

export function projectOf(root: string, files: readonly string[]): Artifacts['project'] {
  return {
    root,
    entry: { path: 'app.py', how: 'the test' },
    framework: 'streamlit',
    run: { viaModule: false, folder: '.', args: [] },
    sourceRoot: '.',
    port: { number: 8501, pinned: false, how: 'Streamlit’s default' },
    files: files
      .filter((file) => file.endsWith('.py'))
      .map((file) => ({
        path: file,
        role: file === 'app.py' ? 'entry' : file.startsWith('pages/') ? 'page' : 'module',
        reachable: true,
      })),
    outsideModules: [],
  };
}

export interface Given {
  settings?: Partial<Settings['launch']>;
  project?: Partial<Artifacts['project']>;
  artifacts?: Partial<Pick<Artifacts, 'compilation' | 'imports'>>;
  signal?: AbortSignal;
}

export interface Look {
  launch: Artifacts['launch'];
  /** Errors and warnings. */
  findings: readonly Finding[];
  notes: readonly Finding[];
  /** What lies in the target afterwards and was not there before. */
  written: readonly string[];
}

/** Writes a dashboard, launches it for real and judges what was seen. The folder is gone afterwards. */
export async function lookAt(files: Record<string, string>, given: Given = {}): Promise<Look> {
  await using fixture = await createFixture(files);
  const value = await collectFrom(fixture.path, Object.keys(files), given);
  const there = await readdir(fixture.path, { recursive: true, withFileTypes: true });
  const paths = there.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const written = paths.map((file) => path.relative(fixture.path, file)).filter((file) => !(file in files));
  const judged = startup.run({ launch: value });
  const findings = 'notApplicable' in judged ? [] : judged;
  return {
    launch: value,
    findings: findings.filter((finding) => finding.severity !== 'info'),
    notes: findings.filter((finding) => finding.severity === 'info'),
    written,
  };
}

export function collectFrom(folder: string, files: readonly string[], given: Given = {}): Promise<Artifacts['launch']> {
  const root = path.resolve(folder);
  return launchCollector.collect({
    settings: settingsFor(root, given.settings),
    signal: given.signal ?? new AbortController().signal,
    artifacts: { interpreter, project: { ...projectOf(root, files), ...given.project }, ...given.artifacts },
  });
}

/** The rungs by name. */
export function rungsOf(look: Artifacts['launch']): Readonly<Record<string, string>> {
  return Object.fromEntries(look.rungs.map(({ rung, state }) => [rung, state]));
}
