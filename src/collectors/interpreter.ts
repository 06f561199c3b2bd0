/** The target's own Python interpreter, started once to see that it works. */
export interface Interpreter {
  /** Absolute path of what is executed (the venv's own python, symlinks not resolved). */
  executable: string;
  /** `3.11.7` */
  version: string;
  implementation: string;
  platform: string;
  /** How it was chosen: `--python`, `.venv beside the dashboard`, `$VIRTUAL_ENV` … */
  how: string;
  /** Installed distributions that decide how the dashboard is launched, by normalized name. */
  distributions: Readonly<Record<string, string>>;
}

declare module '../engine/types.js' {
  interface Artifacts {
    interpreter: Interpreter;
  }
}
