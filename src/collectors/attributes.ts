import { defineCollector } from '../engine/define.js';
import { whatRuns } from '../project/roles.js';
import { unsetState, type UnsetState } from '../source/session/unset-state.js';
import { missingAttributes, type MissingAttribute } from '../source/values/missing-attributes.js';
import { loadOutsideClasses } from '../source/values/outside-classes.js';
import { analysed } from './analysis/analysed.js';

/** What is asked of objects whose class is known, and does not have it. */
export interface Attributes {
  missing: readonly (MissingAttribute & {
    /** The line as it stands in the file. */
    text: string;
    /** The dashboard comes to the file when it runs. */
    reachable: boolean;
  })[];
  /** Keys of Streamlit's session state that are asked for and that nothing stores; absent when there are none. */
  unset?: readonly (UnsetState & {
    /** The line as it stands in the file. */
    text: string;
    /** The dashboard comes to the file when it runs. */
    reachable: boolean;
  })[];
  /** Attributes asked of something whose class is known, tests left out. */
  resolved: number;
  /** Attributes asked of something of which the class is not known: nothing is said about them. */
  unresolved: number;
}

declare module '../engine/types.js' {
  interface Artifacts {
    attributes: Attributes;
  }
}

export const attributesCollector = defineCollector({
  artifact: 'attributes',
  tier: 'static',
  title: 'following the types',
  dependsOn: ['source', 'project'],
  deadlineS: () => 120,
  async collect({ artifacts: { source, project } }) {
    const { inference, line } = analysed(source, project);
    const seen = missingAttributes(inference, inference.program.paths, await loadOutsideClasses());
    const isReached = whatRuns(project);
    const inPlace = <Found extends { file: string; line: number }>(found: Found) => ({
      ...found,
      text: line(found.file, found.line)?.trim() ?? '',
      reachable: isReached(found.file),
    });
    const unset = unsetState(inference).map(inPlace);
    return { ...seen, missing: seen.missing.map(inPlace), ...(unset.length === 0 ? {} : { unset }) };
  },
});
