import type { FileFacts } from '../source/types.js';

/** The static model of every Python file of the target. */
export interface Source {
  files: readonly FileFacts[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    source: Source;
  }
}
