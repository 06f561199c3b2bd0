import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { defineCollector } from '../engine/define.js';
import { CannotLook, Skip } from '../engine/errors.js';
import type { Settings } from '../engine/types.js';
import type { ListedDistributions } from '../python/distributions.js';
import { interpreterCandidates } from '../python/find-interpreter.js';
import { runProbe } from '../python/probe.js';
import { readVirtualEnvironment } from '../python/virtual-environment.js';
import type { InstalledDistribution } from '../requirements/types.js';
import { firstComplaint, validatorOf } from '../util/json-schema.js';

/** The packages that the target's interpreter sees. */
export interface Distributions {
  /** Absolute path of the interpreter. */
  python: string;
  /** `folder`: read from the virtual environment without starting Python. `interpreter`: told by the interpreter itself. */
  toldBy: 'folder' | 'interpreter';
  /** The variables of PEP 508 markers: `{ python_version: "3.11", sys_platform: "linux" }`. */
  environment: Readonly<Record<string, string>>;
  /** In the order of `sys.path`. */
  installed: readonly InstalledDistribution[];
  /**
   * Top-level names of all that lies where the interpreter looks for packages, and beside the dashboard's folder. Absent
   * where more may be importable than that, and where nobody looked.
   */
  importable?: readonly string[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    distributions: Distributions;
  }
}

/**
 * A virtual environment is a folder whose content settles what its interpreter sees, so it is read: that takes
 * milliseconds, works in the static tier, and gives the same answer in every tier. What any other interpreter sees
 * depends on how it was built and started (system folders, user site, conda), so it is asked, from the import tier on.
 */
export const distributionsCollector = defineCollector({
  artifact: 'distributions',
  tier: 'static',
  title: 'listing the installed packages',
  wants: ['interpreter'],
  deadlineS: () => 60,
  async collect({ settings, signal, artifacts }) {
    const python = artifacts.interpreter?.executable ?? settings.python ?? (await likeliestPython(settings, signal));
    const read = python === undefined ? undefined : await readVirtualEnvironment(python);
    if (python !== undefined && read !== undefined) {
      const { importable, ...found } = read;
      const isWhole = importable !== undefined && !looksElsewhere(settings);
      if (!isWhole) return { python, toldBy: 'folder', ...found };
      // What lies beside the dashboard's folder may be put on the path by whoever starts it.
      const beside = await readdir(path.dirname(settings.root)).catch(() => []);
      const names = beside.map((name) => name.split('.', 1)[0] ?? name);
      return { python, toldBy: 'folder', ...found, importable: [...new Set([...importable, ...names])].sort() };
    }
    if (settings.tier === 'static') {
      const what =
        python === undefined ? 'there is no virtual environment' : `${python} is in no virtual environment of its own`;
      throw new Skip(`${what}; which packages are installed is only asked with --tier import`);
    }
    if (python === undefined) {
      throw new CannotLook(
        'no Python interpreter found',
        'Create one beside the dashboard (python3 -m venv .venv), or name one with --python.',
      );
    }
    const listed = await runProbe(python, 'list_distributions', {}, { cwd: settings.root, signal });
    const isListed = await validatorOf<ListedDistributions>('probes/list-distributions');
    if (!isListed(listed)) throw new Error(`probe/list_distributions.py: ${firstComplaint(isListed.errors)}`);
    return { python, toldBy: 'interpreter', ...listed };
  },
});

function looksElsewhere({ launch }: Settings): boolean {
  return [process.env['PYTHONPATH'], launch.env['PYTHONPATH']].some((folders = '') => folders !== '');
}

/** The first interpreter that is there; in the static tier only those that are found without starting anything. */
async function likeliestPython(settings: Settings, signal: AbortSignal): Promise<string | undefined> {
  const environment = settings.tier === 'static' ? { ...process.env, PATH: '' } : process.env;
  const around = { root: settings.root, environment, platform: process.platform, signal };
  for await (const { executable } of interpreterCandidates(around)) if (existsSync(executable)) return executable;
  return undefined;
}
