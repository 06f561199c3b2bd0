import type { BadCombination, SameBuild } from '../../../advisories/advisories.js';
import type { Finding, Severity } from '../../../engine/types.js';
import type { Installed } from '../../../requirements/installed.js';
import { isWithin } from '../../../requirements/versions.js';

/** Releases that are known not to go together, all of them installed. */
export function combinationFindings(
  { id, packages, marker, cause, fix, severity }: BadCombination,
  installed: Installed,
  severityFor: (name: string) => Severity,
): readonly Finding[] {
  const found = Object.entries(packages).map(([name, versions]) => {
    const match = installed.named(name).find(({ version }) => isWithin(version, versions) === true);
    return match && `${name} ${match.version}`;
  });
  if (found.includes(undefined) || !installed.applies(marker)) return [];
  const weakest = Object.keys(packages).some((name) => severityFor(name) !== 'error')
    ? 'warning'
    : (severity ?? 'error');
  const message = `${found.join(' and ')} are known not to work together: ${cause}`;
  return [
    {
      code: 'known-bad-combination',
      subject: id,
      severity: weakest,
      message,
      evidence: found.flatMap((each) => each ?? []),
      fix,
    },
  ];
}

/** Packages whose builds must be the same and are not: `+cpu` beside `+cu124`. */
export function buildFindings({ id, packages, cause, fix }: SameBuild, installed: Installed): readonly Finding[] {
  const found = packages.flatMap((name) => installed.named(name).slice(0, 1));
  const builds = new Set(found.flatMap(({ version }) => version.split('+')[1] ?? []));
  if (builds.size < 2) return [];
  const evidence = found.map(({ name, version }) => `${name} ${version}`);
  return [{ code: 'known-bad-combination', subject: id, message: `${evidence.join(', ')}: ${cause}`, evidence, fix }];
}
