/** Every module of the dashboard, imported in a child of its own by the target's interpreter. */
export interface Imports {
  python: string;
  /** How modules were kept apart. `process`: one interpreter a module, where fork is missing or the preloader died. */
  isolation: 'fork' | 'process';
  /** Third-party modules imported once, before the first fork. What failed there is left to the modules that need it. */
  preloaded: readonly { module: string; durationMs: number; ok: boolean }[];
  modules: readonly ImportedModule[];
  symbols: readonly SymbolLookup[];
}

export interface ImportedModule {
  /** Dotted name, or the path of an entry, page or script, of which only the import statements were executed. */
  module: string;
  path: string;
  wholeModule: boolean;
  /** Reached from the entry script by imports. */
  reachable: boolean;
  status: 'ok' | 'error' | 'timeout' | 'exited' | 'crashed';
  durationMs: number;
  /** The exception that ended it, and those it was raised from, the diagnosis (the last one raised) first. */
  exceptions: readonly PythonException[];
  /** With `exited`: the code given to sys.exit or os._exit. With `crashed`: the signal's name. */
  exitCode?: number;
  signal?: string;
  /** Where the module was when its time was up, or where it ended itself: innermost frame last. */
  stack: readonly StackFrame[];
  /** What it printed, the first lines. */
  output: readonly string[];
}

export interface PythonException {
  /** `ModuleNotFoundError`; dotted for exceptions outside builtins. */
  type: string;
  message: string;
  /** Innermost frame last; frames of the import machinery left out. */
  stack: readonly StackFrame[];
  /** `name` and `path` of an ImportError. */
  name?: string;
  path?: string;
  /** Line and text of a SyntaxError. */
  line?: number;
  text?: string;
}

export interface StackFrame {
  /** Relative to the root for the dashboard's own files, absolute otherwise. */
  file: string;
  line: number;
  function: string;
  /** One of the dashboard's own files. */
  own: boolean;
  text?: string;
}

/** One name that some import statement, or the config, asks for. */
export interface SymbolLookup {
  /** `core.architecture:MoEModel.get_last_saturation_metrics` */
  symbol: string;
  status: 'ok' | 'missing' | 'module-failed';
  /** Where it is asked for. */
  askedBy: readonly { file: string; line: number }[];
  /** The names the module (or class) does have, nearest first, at most five. */
  nearest: readonly string[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    imports: Imports;
  }
}
