import type { ApiAdvisory } from '../../../advisories/advisories.js';
import type { Finding } from '../../../engine/types.js';
import type { ApiUse } from '../../../source/types.js';

/** A use, and how sure it is that the dashboard comes to it. */
export interface PlacedUse extends ApiUse {
  file: string;
  reachable: boolean;
}

/** One finding an API, with every place that uses it. */
export function apiFindings(advisory: ApiAdvisory, version: string, uses: readonly PlacedUse[]): readonly Finding[] {
  return Object.entries(advisory.apis).flatMap(([api, instead]) => {
    const places = uses.filter((use) => use.api === api);
    const first = places.find(({ reachable }) => reachable) ?? places[0];
    if (first === undefined) return [];
    const { kind, distribution } = advisory;
    const name = distribution === 'python' ? 'Python' : distribution;
    const sure = first.reachable && !api.startsWith('.');
    return [
      {
        code: kind === 'removed' || kind === 'not-yet' ? 'removed-api' : 'deprecated-api',
        subject: api,
        severity: kind === 'deprecated' || kind === 'changed' ? 'info' : sure ? 'error' : 'warning',
        message: `${nameOf(api, first)} ${states[kind]} ${name} ${version}${advisory.note === undefined ? '' : `: ${advisory.note}`}`,
        location: { file: first.file, line: first.line, column: first.column },
        evidence: places.slice(0, 8).map(({ file, line, text }) => `${file}:${line}: ${text}`),
        fix: kind === 'not-yet' ? `Upgrade: pip install '${instead}'` : `Use instead: ${instead}`,
      },
    ];
  });
}

const states = {
  removed: 'is gone in',
  'not-yet': 'does not exist yet in',
  deprecated: 'is deprecated in',
  changed: 'no longer does what it once did, in',
} as const;

/** `the keyword use_column_width of image`, `np.float` */
function nameOf(api: string, { text }: ApiUse): string {
  const keyword = /\((\w+)=\)$/.exec(api)?.[1];
  return keyword === undefined ? text : `the keyword ${keyword} of ${text}`;
}
