/** The Python files of the target, found by walking it once. */
export interface Files {
  /** Sorted by path. */
  python: readonly { path: string; bytes: number }[];
  /** Files that say how the dashboard is run or configured, when they exist: README*, Procfile, Dockerfile, Makefile, pyproject.toml, .streamlit/config.toml … */
  hints: readonly string[];
  /** Folders and files not looked into, with the reason: virtual environments, caches, `exclude` globs, symlink loops, no permission. */
  leftOut: readonly { path: string; reason: string }[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    files: Files;
  }
}
