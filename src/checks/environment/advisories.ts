import { defineCheck } from '../../engine/define.js';
import type { Severity } from '../../engine/types.js';
import { Installed } from '../../requirements/installed.js';
import { isWithin } from '../../requirements/versions.js';
import { importedModules } from '../../source/modules/imported-modules.js';
import { apiFindings, type PlacedUse } from './advisories/apis.js';
import { buildFindings, combinationFindings } from './advisories/combinations.js';

export const advisories = defineCheck({
  id: 'environment/advisories',
  title: 'The code and the installed releases go together',
  why: 'An upgrade removes what the code still uses; some releases break each other although their metadata allows it.',
  severity: 'error',
  codes: {
    'removed-api': 'the code uses what the installed release does not have',
    'deprecated-api': 'the code uses what still works and will go, or works in another way now',
    'known-bad-combination': 'installed releases that are known not to work together',
  },
  needs: ['advisories', 'distributions', 'source', 'project'],
  run({ advisories: known, distributions, source, project }) {
    const { environment } = distributions;
    const installed = new Installed(distributions.installed, environment);
    const roles = new Map(project.files.map((file) => [file.path, file]));
    const shims = new Set(source.files.flatMap(({ apiShims = [] }) => apiShims));
    const uses = source.files.flatMap(({ path, apiUses = [] }): readonly PlacedUse[] => {
      const file = roles.get(path);
      if (file?.role === 'test') return [];
      // Without an entry nothing is reached, which says nothing about the files.
      const started = file?.role === 'entry' || file?.role === 'page' || file?.reachable === true;
      const reachable = project.entry === undefined || started;
      return apiUses
        .filter(({ api, guarded }) => !guarded && !shims.has(api))
        .map((use) => Object.assign({ file: path, reachable }, use));
    });

    const used = installed.usedBy(importedModules(source.files, project.files));
    const severityFor = (name: string): Severity => (used.has(name) ? 'error' : 'warning');
    const versionOf = (distribution: string) =>
      distribution === 'python'
        ? environment['python_full_version']
        : installed.named(distribution).find(({ editable }) => !editable)?.version;
    return [
      ...known.apis.flatMap((advisory) => {
        const version = versionOf(advisory.distribution);
        const concerns = version !== undefined && isWithin(version, advisory.versions) === true;
        return concerns ? apiFindings(advisory, version, uses) : [];
      }),
      ...known.combinations.flatMap((each) => combinationFindings(each, installed, severityFor)),
      ...known.builds.flatMap((each) => buildFindings(each, installed)),
    ];
  },
});
