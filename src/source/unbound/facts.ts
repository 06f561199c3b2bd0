/** A line of the file in which the name is read. */
export interface Line {
  /** 1-based. */
  line: number;
  /** As it stands there, without its indentation. */
  text: string;
}

/** Why a name cannot be there. */
export type Reason =
  /** Everything that gives it a value comes later. */
  | 'later'
  /** What gives it a value is on other ways through the code. */
  | 'elsewhere'
  /** Imported in one branch only; on the other one, the import hides the name of the module. */
  | 'one-branch'
  /** `x += 1` is the first thing that happens to it. */
  | 'of-itself'
  /** `del` came before. */
  | 'deleted'
  /** The `except … as name` that bound it is over. */
  | 'exception-over'
  /** Imported for type checkers only. */
  | 'for-type-checkers'
  /** Nothing defines it. */
  | 'nowhere';

/** A name that cannot have a value where it is read. */
export interface UnboundName extends Line {
  code: 'unbound-local' | 'undefined-name';
  /** Relative to the root. */
  file: string;
  /** 1-based. */
  column: number;
  name: string;
  /** Function or class that it is read in: `Trainer.step`. Absent at the top of a module. */
  within?: string;
  reason: Reason;
  /** Where it gets a value, or loses it: at most three. */
  definitions: readonly Line[];
  /** The module has such a name as well, which the local one hides. */
  hidden?: Line;
  /** In an annotation: from Python 3.14 on nobody evaluates it. */
  inAnnotation?: true;
  /** A name that could have been meant. */
  nearest?: string;
  /** How other files of the repository, or anybody, import such a name. */
  import?: string;
}
