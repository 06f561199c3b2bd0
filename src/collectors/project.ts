import type { ProjectFile } from '../source/types.js';

export type { FileRole, ProjectFile } from '../source/types.js';

export type Framework = 'streamlit' | 'command';

/** The shape of the dashboard: what is started, on which port, and what part each file plays. */
export interface Project {
  /** Absolute. */
  root: string;
  /** What `launch` starts; absent when none was found (`whyNoEntry` then says what was looked for). */
  entry?: { path: string; how: string };
  whyNoEntry?: string;
  framework?: Framework;
  /** Folder that the dashboard's own imports start from (`sys.path[0]` of a launch), relative to root; '.' for the root itself. */
  sourceRoot: string;
  /** Where the launch in earnest listens. `pinned`: set explicitly, so that Streamlit will not move to the next free one. */
  port: { number: number; pinned: boolean; how: string };
  files: readonly ProjectFile[];
  /** Third-party and standard-library modules the sources name, at the depth they name them, sorted: `torch_geometric.nn`. */
  outsideModules: readonly string[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    project: Project;
  }
}
