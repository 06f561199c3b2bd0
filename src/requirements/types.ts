/** One line of some file that asks for a distribution. */
export interface Requirement {
  /** Normalized as PEP 503 says: `python-dateutil`. */
  name: string;
  /** As written, without comments, hashes and options. */
  text: string;
  /** Normalized; `["standard"]` for `uvicorn[standard]`. */
  extras: readonly string[];
  /** A PEP 440 specifier set: `>=2,<3`. Empty: any version will do. */
  specifier: string;
  /** Where it comes from when that is not an index: a URL, a folder or a version control system. Then `specifier` is empty. */
  url?: string;
  /** A PEP 508 marker: the requirement only applies where it is true. */
  marker?: string;
  /**
   * `dependency`: to be installed. `constraint`: bounds the version if something else installs it. `lock`: the exact
   * version that a lock file settled on, for whatever platform or group. `conda`: installed by conda, under conda's own
   * names, which may have no Python metadata at all.
   */
  kind: 'dependency' | 'constraint' | 'lock' | 'conda';
  /** `main` is what a plain installation brings. Any other is the name of an extra or group that is left out unless asked for. */
  group: string;
  /** Relative to the root, forward slashes. */
  file: string;
  /** 1-based. */
  line: number;
}

/** Which Python the repository says it runs on. */
export interface PythonRequirement {
  /** A PEP 440 specifier set. */
  specifier: string;
  file: string;
  /** 1-based. */
  line: number;
}

/** A line that asks for something we could not make out; it is not judged. */
export interface UnclearLine {
  file: string;
  /** 1-based. */
  line: number;
  text: string;
  reason: string;
}

/** What one file asks for. */
export interface ReadRequirements {
  requirements: readonly Requirement[];
  python: readonly PythonRequirement[];
  unclear: readonly UnclearLine[];
}

/** One distribution that the target's interpreter sees, as its metadata describes it. */
export interface InstalledDistribution {
  /** Normalized as PEP 503 says: `python-dateutil`. */
  name: string;
  version: string;
  /** What it requires itself, as PEP 508 texts, those of its extras included. */
  requires: readonly string[];
  /** What can be imported from it, sorted: packages, and their children where a package is shared: `google.protobuf`. */
  modules: readonly string[];
  /** Installed from a working copy, so that its version says little about its code. */
  editable: boolean;
}
