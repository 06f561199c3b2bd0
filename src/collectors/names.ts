import { defineCollector } from '../engine/define.js';
import { whatRuns } from '../project/roles.js';
import { reassignedState, type ReassignedState } from '../source/reassigned/reassigned-state.js';
import type { UnboundName } from '../source/unbound/facts.js';
import { unboundNames } from '../source/unbound/unbound-names.js';
import { analysed } from './analysis/analysed.js';

/** What happens to names that their author cannot have meant, tests left out. */
export interface Names {
  /** Names that cannot have a value where they are read. */
  unbound: readonly (UnboundName & {
    /** The dashboard comes to the file when it runs. */
    reachable: boolean;
  })[];
  /** Containers that are emptied before anybody has read them. */
  emptied: readonly ReassignedState[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    names: Names;
  }
}

export const namesCollector = defineCollector({
  artifact: 'names',
  tier: 'static',
  title: 'following the names',
  dependsOn: ['source', 'project'],
  deadlineS: () => 120,
  collect({ artifacts: { source, project } }) {
    const analysis = analysed(source, project);
    const { paths } = analysis.program;
    const isReached = whatRuns(project);
    const unbound = unboundNames(analysis, paths).map((each) => ({
      ...each,
      reachable: isReached(each.file),
    }));
    return Promise.resolve({ unbound, emptied: reassignedState(analysis, paths) });
  },
});
