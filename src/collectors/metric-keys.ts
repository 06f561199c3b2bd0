import { defineCollector } from '../engine/define.js';
import { whatRuns } from '../project/roles.js';
import type { KeyPlace } from '../source/keys/key-index.js';
import type { KeyRead, LostKey } from '../source/keys/lost-keys.js';
import { metricKeysOf } from '../source/keys/metric-keys.js';
import type { UnreadKey } from '../source/keys/unread-keys.js';
import { analysed } from './analysis/analysed.js';

interface Line {
  /** The line as it stands in the file. */
  text: string;
  /** The dashboard comes to the file when it runs. */
  reachable: boolean;
}

/** String keys that do not meet: read where nobody stores them, stored where nobody reads them. */
export interface MetricKeys {
  lost: readonly (Omit<LostKey, 'reads' | 'lacking' | 'origins'> & {
    reads: readonly (KeyRead & Line)[];
    lacking: readonly (KeyPlace & Line)[];
    origins: readonly (KeyPlace & Line)[];
  })[];
  unread: readonly (UnreadKey & Line)[];
  /** Files that the dashboard comes to and that cannot be understood: what they store is not seen, so nothing is said. */
  unparsed: readonly string[];
  /** Reads by key from a dict whose keys are all known, tests left out. */
  resolved: number;
  /** Reads by key from anything else: nothing is said about them. */
  unresolved: number;
}

declare module '../engine/types.js' {
  interface Artifacts {
    'metric-keys': MetricKeys;
  }
}

export const metricKeysCollector = defineCollector({
  artifact: 'metric-keys',
  tier: 'static',
  title: 'following the metric keys',
  dependsOn: ['source', 'project'],
  deadlineS: () => 120,
  async collect({ artifacts: { source, project } }) {
    const { inference, line } = analysed(source, project);
    const isReached = whatRuns(project);
    const withLine = <Place extends KeyPlace>(place: Place) => ({
      ...place,
      text: line(place.file, place.line)?.trim() ?? '',
      reachable: isReached(place.file),
    });
    const unparsed = source.files
      .filter(({ path, problem, hasSyntaxErrors }) => (hasSyntaxErrors || problem !== undefined) && isReached(path))
      .map(({ path }) => path);
    if (unparsed.length > 0) return { lost: [], unread: [], unparsed, resolved: 0, unresolved: 0 };
    const keys = metricKeysOf(inference);
    const lost = keys.lost().map((each) => ({
      ...each,
      reads: each.reads.map(withLine),
      lacking: each.lacking.map(withLine),
      origins: each.origins.map(withLine),
    }));
    return { lost, unread: keys.unread().map(withLine), unparsed, ...keys.counts() };
  },
});
