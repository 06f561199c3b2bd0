import { defineCheck } from '../../engine/define.js';
import type { Finding } from '../../engine/types.js';
import { environmentRecord } from '../../environment/record.js';
import { importNames, isWithinModule } from '../../requirements/import-names.js';
import { Installed } from '../../requirements/installed.js';
import { importedModules } from '../../source/modules/imported-modules.js';
import { changesSince, type Change } from './drift/changes.js';
import { failuresOf, pointsAt } from './drift/failures.js';
import { others, suspect } from './drift/findings.js';

/** Packages whose changes break dashboards most often, the likeliest first. */
const troublemakers = [
  'streamlit',
  'torch',
  'numpy',
  'protobuf',
  'huggingface-hub',
  'transformers',
  'pandas',
  'plotly',
  'pyarrow',
];

export const drift = defineCheck({
  id: 'environment/drift',
  title: 'the environment is as it was when everything was green',
  why: 'When nothing in the code explains a failure, something in the environment changed; this says what, the likeliest first.',
  severity: 'warning',
  codes: {
    changed: 'a package has another version than at the last green preflight',
    added: 'a package that was not there at the last green preflight',
    removed: 'a package that was there at the last green preflight',
    'python-changed': 'another Python than at the last green preflight',
  },
  needs: ['recorded-environment', 'distributions', 'source', 'project'],
  wants: ['imports', 'launch'],
  run({ 'recorded-environment': { record }, distributions, source, project, imports, launch }) {
    if (record === undefined)
      return { notApplicable: 'no environment was recorded; moe-check preflight --record does it after a green run' };
    const installed = new Installed(distributions.installed, distributions.environment);
    const imported = importedModules(source.files, project.files);
    const used = installed.usedBy(imported);
    const failures = failuresOf(imports, launch);
    const failing = importedModules(
      source.files.filter(({ path }) => failures.some(({ file }) => file === path)),
      project.files,
    );

    const modulesOf = ({ name }: Change) => installed.named(name)[0]?.modules ?? importNames(name);
    const isAmong = (modules: readonly string[], change: Change) =>
      modulesOf(change).some((module) => modules.some((each) => isWithinModule(each, module)));
    const weighed = changesSince(record, environmentRecord(distributions, new Date(0))).map((change) => {
      const isPython = change.code === 'python-changed';
      const pointing = failures.filter((failure) => modulesOf(change).some((module) => pointsAt(failure, module)));
      const isUsed = isPython || used.has(change.name) || isAmong(imported, change);
      const isBig = change.depth === 0 || (isPython && change.depth === 1);
      const likelihood =
        pointing.length > 0 ? 0 : isAmong(failing, change) ? 1 : isUsed && isBig && change.code !== 'added' ? 2 : 3;
      return { change, pointing, likelihood };
    });
    const likeliestFirst = weighed.toSorted(
      (a, b) => a.likelihood - b.likelihood || rank(a.change) - rank(b.change) || a.change.depth - b.change.depth,
    );
    const suspects = likeliestFirst.filter(({ likelihood }) => likelihood < 3);
    const rest = likeliestFirst.filter(({ likelihood }) => likelihood === 3).map(({ change }) => change);
    const findings: readonly Finding[] = suspects.map(({ change, pointing }) =>
      suspect(change, pointing, record, distributions.python),
    );
    return [...findings, ...others(rest, record)];
  },
});

/** Python itself, then the troublemakers, then the rest. */
function rank({ name }: Change): number {
  const index = ['python', ...troublemakers].indexOf(name);
  return index === -1 ? troublemakers.length + 1 : index;
}
