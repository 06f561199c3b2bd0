import { defineCheck } from '../../engine/define.js';
import type { Finding, Severity } from '../../engine/types.js';
import { importNames, isWithinModule } from '../../requirements/import-names.js';
import { Installed, type BrokenDependency } from '../../requirements/installed.js';
import { importedModules } from '../../source/modules/imported-modules.js';
import { ofDependency, ofLock, ofPython, ofRequirement } from './packages/findings.js';

export const packages = defineCheck({
  id: 'environment/packages',
  title: 'The installed packages are those that are asked for',
  why: 'A missing or mismatched package breaks the dashboard on the one machine where it differs.',
  severity: 'error',
  codes: {
    missing: 'a requirement that applies here is not installed',
    'out-of-range': 'the installed version is not one that is asked for',
    conflict: 'an installed package requires another in a version that is not the installed one',
  },
  needs: ['requirements', 'distributions', 'source', 'project'],
  run({ requirements, distributions, source, project }) {
    const installed = new Installed(distributions.installed, distributions.environment);
    const imported = importedModules(source.files, project.files);
    const used = installed.usedBy(imported);
    const isImported = (name: string) =>
      importNames(name).some((module) => imported.some((each) => isWithinModule(each, module)));
    const severityFor = (name: string): Severity => (used.has(name) || isImported(name) ? 'error' : 'warning');
    const severityOf = ({ of, byExtra }: BrokenDependency): Severity => (byExtra ? 'warning' : severityFor(of.name));

    // Extras and groups are what an installation may leave out, so nothing about them is wrong.
    const ownModules = new Set(project.files.flatMap(({ module }) => module?.split('.', 1) ?? []));
    const isOwn = (name: string) =>
      name === requirements.ownName || importNames(name).some((each) => ownModules.has(each));
    const main = requirements.requirements.filter(
      ({ group, name, marker }) => group === 'main' && !isOwn(name) && installed.applies(marker),
    );
    const locked = requirements.requirements.filter(({ kind }) => kind === 'lock');
    const lockFiles = [...new Set(locked.map(({ file }) => file))];

    return merged([
      ...requirements.python.flatMap((wanted) => ofPython(wanted, distributions)),
      ...main.flatMap((wanted) =>
        ofRequirement(wanted, installed, distributions).map((finding) =>
          Object.assign({ severity: severityFor(wanted.name) }, finding),
        ),
      ),
      ...installed
        .broken(main)
        .map((broken) =>
          Object.assign({ severity: severityOf(broken) }, ofDependency(broken, installed, distributions)),
        ),
      ...lockFiles.flatMap((file) =>
        ofLock(
          file,
          locked.filter((each) => each.file === file),
          installed,
        ),
      ),
    ]);
  },
});

/** Findings about the same thing in several files become one, with the evidence of all. */
function merged(findings: readonly Finding[]): readonly Finding[] {
  const known = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.code} ${finding.subject}`;
    const first = known.get(key);
    known.set(
      key,
      first === undefined ? finding : { ...first, evidence: [...(first.evidence ?? []), ...(finding.evidence ?? [])] },
    );
  }
  return [...known.values()];
}
