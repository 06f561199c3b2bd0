/** What the static model says about one Python file. Everything here is plain data, so that it can be saved and replayed. */
export interface FileFacts {
  /** Relative to the root, forward slashes. */
  path: string;
  /** Set when the file could not be read as Python text; the lists below are then empty. */
  problem?: { kind: 'unreadable' | 'encoding' | 'binary' | 'too-large'; message: string; line?: number };
  /** The grammar could not make sense of some part; what was understood is in the lists all the same. */
  hasSyntaxErrors: boolean;
  imports: readonly ImportUse[];
  /** Names bound at module level (functions, classes, assignments, imports), without those only bound under `TYPE_CHECKING`. */
  definitions: readonly string[];
  /**
   * True when names can appear that the text does not show: `__getattr__` at module level, `from x import *`,
   * `globals()[…] = …`, `globals().update(…)`, `exec`, `sys.modules[__name__] = …`, `setattr(sys.modules[…], …)`.
   */
  definesDynamically: boolean;
  /** Calls of the names the caller of the analysis asked for. */
  calls: readonly CallUse[];
  /** True when the file has an `if __name__ == "__main__":` block. */
  hasMainGuard: boolean;
}

/** One imported module, from `import a.b` or `from a.b import c, d`. */
export interface ImportUse {
  /** Dotted name as written, without leading dots; empty for `from . import x`. */
  module: string;
  /** Number of leading dots. */
  level: number;
  /** The names after `import` in a from-import, `*` included; empty for a plain import. */
  names: readonly string[];
  line: number;
  /** Executed when the module is imported, i.e. not inside a function body. */
  atModuleLevel: boolean;
  /** Inside a `try` whose handlers catch ImportError (or wider), or under a version, platform or find_spec test: allowed to fail. */
  guarded: boolean;
  /** Under `if TYPE_CHECKING:`, never executed. */
  typeCheckingOnly: boolean;
}

export type Literal = string | number | boolean | null;

/** One call. An argument that is not a literal, nor a module-level constant that is one, is left out. */
export interface CallUse {
  /** Dotted text of what is called: `AutoTokenizer.from_pretrained`, `st.set_page_config`. */
  callee: string;
  /** Positional literals by index as a string, keywords by name: `{ "0": "gpt2", revision: "main" }`. */
  arguments: Readonly<Record<string, Literal>>;
  line: number;
  column: number;
  /** Inside a `try` that catches the failure. */
  guarded: boolean;
}
