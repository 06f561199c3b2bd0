/** What the static model says about one Python file. Everything here is plain data, so that it can be saved and replayed. */
export interface FileFacts {
  /** Relative to the root, forward slashes. */
  path: string;
  /** Set when the file could not be read as Python text; the lists below are then empty. */
  problem?: { kind: 'unreadable' | 'encoding' | 'binary' | 'too-large'; message: string; line?: number };
  /** The grammar could not make sense of some part; what was understood is in the lists all the same. */
  hasSyntaxErrors: boolean;
  /** Where the first of these parts begins, 1-based. */
  syntaxErrorLine?: number;
  imports: readonly ImportUse[];
  /** Names bound at module level (functions, classes, assignments, imports), without those only bound under `TYPE_CHECKING`. */
  definitions: readonly string[];
  /**
   * True when names or submodules can appear that the text does not show: by one of the means in `syntax/hidden-names.ts`,
   * or by `setattr` on the module by its own name.
   */
  definesDynamically: boolean;
  /** Calls of the names the caller of the analysis asked for. */
  calls: readonly CallUse[];
  /**
   * Importing the file does more than set a module up: outside functions, classes and the main guard it calls
   * something that is not known to be harmless, or loops. True of every script that works when it is run.
   */
  actsOnImport?: true;
  /** True when the file has an `if __name__ == "__main__":` block. */
  hasMainGuard: boolean;
  /** Distinct dotted names of what statements at module level call (main guard included), sorted: `st.title`. Absent when there are none. */
  topLevelCalls?: readonly string[];
  /** Uses of the outside APIs the caller of the analysis asked for. Absent when there are none. */
  apiUses?: readonly ApiUse[];
  /** Outside names that the file itself sets: `numpy.float` for `np.float = float`. Absent when there are none. */
  apiShims?: readonly string[];
  /** Names that the file sets on modules that it imports: `settings.DEBUG = True`. Absent when there are none. */
  setOnModules?: readonly NameSetOnModule[];
}

/** A name that a file sets on what it imports, be that a module or not. */
export interface NameSetOnModule {
  /** Dotted name of what it is set on, without leading dots. */
  module: string;
  /** Number of leading dots. */
  level: number;
  /** `*` for any, as with `setattr(module, name, value)`. */
  name: string;
}

/** One use of an outside API, found by what the file's imports make of its names. */
export interface ApiUse {
  /** As it was asked for: `numpy.float`, `.fillna(method=)`. */
  api: string;
  /** As the code has it: `np.float`. */
  text: string;
  /** 1-based. */
  line: number;
  /** 1-based, in UTF-16 code units. */
  column: number;
  /**
   * The code reckons with its absence: it stands in a `try` that catches that (or in such a handler), under a test of
   * a version or of `hasattr`, or after a branch under such a test that has left.
   */
  guarded: boolean;
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
  /**
   * Allowed to fail: in a `try` whose handlers catch ImportError (or wider) and do not end in `raise`, in such a handler
   * or its `else` (the other half of an alternative), in a `with suppress(ImportError)`, or under a test of a version, a
   * platform, `find_spec` or a flag such as `HAS_TORCH`.
   */
  guarded: boolean;
  /** Under `if TYPE_CHECKING:` or `if False:`, never executed. */
  typeCheckingOnly: boolean;
  /** In a branch that need not be taken: `if st.button("Train"): import train`. */
  conditional?: true;
}

export type Literal = string | number | boolean | null;

/** One call. An argument that is not a literal, nor a module-level constant that is one, is left out. */
export interface CallUse {
  /** Dotted text of what is called: `AutoTokenizer.from_pretrained`, `st.set_page_config`; what is no name is `?`: `super().from_pretrained`, `?.from_pretrained`. */
  callee: string;
  /** Positional literals by index as a string (up to the first `*args`), keywords by name: `{ "0": "gpt2", revision: "main" }`. */
  arguments: Readonly<Record<string, Literal>>;
  /** 1-based. */
  line: number;
  /** 1-based, in UTF-16 code units. */
  column: number;
  /** Inside a `try` that catches what a loader raises (OSError, a requests error, or wider), within the same function. */
  guarded: boolean;
}

/** What part a Python file plays in the dashboard. Only `module` files are imported as a whole; of the others only the import statements are tried. */
export type FileRole = 'module' | 'entry' | 'page' | 'script' | 'test';

export interface ProjectFile {
  path: string;
  role: FileRole;
  /** Dotted name under which the dashboard can import it; absent for a file that has none (`my-script.py`). */
  module?: string;
  /** Reached from the entry script by imports. */
  reachable: boolean;
  /** Reached as well, but only by imports whose failing is foreseen: `try: from core.gpu import …`, `except ImportError`. */
  optional?: true;
}
