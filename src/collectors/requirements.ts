import { defineCollector } from '../engine/define.js';
import { readRequirements } from '../requirements/read-requirements.js';
import type { PythonRequirement, Requirement, UnclearLine } from '../requirements/types.js';

/** What the requirement files at the top of the dashboard ask for. */
export interface Requirements {
  /** The files that were read, relative to the root: requirements*.txt with what they include, pyproject.toml, … */
  files: readonly string[];
  requirements: readonly Requirement[];
  /** Which Python they ask for. */
  python: readonly PythonRequirement[];
  /** Lines and files that could not be made out; they are not judged. */
  unclear: readonly UnclearLine[];
  /** The project's own distribution, normalized, when it says its name. */
  ownName?: string;
}

declare module '../engine/types.js' {
  interface Artifacts {
    requirements: Requirements;
  }
}

export const requirementsCollector = defineCollector({
  artifact: 'requirements',
  tier: 'static',
  title: 'reading the requirement files',
  reads: (file) => /(?:require|constraint)[^/]*\.(?:txt|in)$|\.(?:toml|cfg|lock|ya?ml)$|^setup\.py$/.test(file),
  deadlineS: () => 30,
  collect: async ({ settings }) => readRequirements(settings.root, process.env),
});
