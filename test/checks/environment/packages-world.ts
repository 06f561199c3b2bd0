import { createFixture } from 'fs-fixture';
import { packages } from '../../../src/checks/environment/packages.js';
import { readRequirements } from '../../../src/requirements/read-requirements.js';
import type { InstalledDistribution } from '../../../src/requirements/types.js';
import type { FileFacts } from '../../../src/source/types.js';
import { distribution, environment, project } from './world.js';

/** `severity code subject` of every finding. */
export async function judge(
  files: Record<string, string>,
  installed: readonly (string | InstalledDistribution)[],
  source: readonly FileFacts[] = [],
) {
  await using folder = await createFixture(files);
  const result = packages.run({
    requirements: await readRequirements(folder.path, {}),
    distributions: {
      python: '/app/.venv/bin/python',
      toldBy: 'folder',
      environment,
      installed: installed.map((each) => (typeof each === 'string' ? distribution(each) : each)),
    },
    source: { files: source },
    project: project(
      { path: 'test_app.py', role: 'test', reachable: false },
      { path: 'moe_core/model.py', role: 'module', module: 'moe_core.model', reachable: true },
    ),
  });
  if ('notApplicable' in result) throw new Error(result.notApplicable);
  return result;
}

export async function verdicts(...given: Parameters<typeof judge>) {
  return (await judge(...given)).map(({ severity, code, subject }) => `${severity ?? 'error'} ${code} ${subject}`);
}

export const txt = (...lines: string[]) => ({ 'requirements.txt': `${lines.join('\n')}\n` });
export const pil = { ...distribution('pillow 12.3.0'), modules: ['PIL'] };
export const cv2 = { ...distribution('opencv-python-headless 4.10.0'), modules: ['cv2'] };
export const work = { ...distribution('mylib 0.0.0'), editable: true };
