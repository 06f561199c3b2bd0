import type { At, Argument, Expression, Parameter } from './expressions.js';
import type { HiddenNames } from './hidden-names.js';

export type * from './expressions.js';

/**
 * A Python file as plain data: what the analyses read. The names are those of Python's own `ast` where it has one.
 * Comments, parentheses and the text of docstrings' surroundings are gone; what the grammar could not make sense of is
 * an `Unknown`, which holds whatever was understood inside of it.
 *
 * `at` is the offset of the first character, in UTF-16 code units of the decoded text.
 */
export interface ModuleSyntax {
  body: readonly Statement[];
  /** Offset of the first character of each line. */
  lines: readonly number[];
  /** Set when some part is `Unknown`. */
  hasSyntaxErrors?: true;
  /** `from __future__ import annotations`, so that no annotation is evaluated. */
  postponedAnnotations?: true;
  /** By which means the module may have names that its text does not show. Absent when there are none. */
  hiddenNames?: readonly HiddenNames[];
}

export type Statement =
  | FunctionDef
  | ClassDef
  | Assign
  | AugAssign
  | AnnAssign
  | For
  | While
  | If
  | With
  | Match
  | Try
  | Import
  | ImportFrom
  | Scope
  | TypeAlias
  | Return
  | Raise
  | Delete
  | Assert
  | Expr
  | Plain;

export interface FunctionDef extends At {
  kind: 'FunctionDef';
  name: string;
  nameAt: number;
  params: readonly Parameter[];
  returns?: Expression;
  decorators: readonly Expression[];
  /** Names of PEP 695 type parameters. */
  typeParams?: readonly string[];
  isAsync?: true;
  body: readonly Statement[];
}

export interface ClassDef extends At {
  kind: 'ClassDef';
  name: string;
  nameAt: number;
  /** Bases, and keywords such as `metaclass=`. */
  args: readonly Argument[];
  decorators: readonly Expression[];
  typeParams?: readonly string[];
  body: readonly Statement[];
}

/** `a = b = value` has two targets. */
export interface Assign extends At {
  kind: 'Assign';
  targets: readonly Expression[];
  value: Expression;
}

/** `op` is `+`, `|`, … without the equals sign. */
export interface AugAssign extends At {
  kind: 'AugAssign';
  op: string;
  target: Expression;
  value: Expression;
}

export interface AnnAssign extends At {
  kind: 'AnnAssign';
  target: Expression;
  annotation: Expression;
  value?: Expression;
}

export interface For extends At {
  kind: 'For';
  target: Expression;
  iterable: Expression;
  body: readonly Statement[];
  orelse: readonly Statement[];
}

export interface While extends At {
  kind: 'While';
  test: Expression;
  body: readonly Statement[];
  orelse: readonly Statement[];
}

/** An `elif` is an `If` in `orelse`. */
export interface If extends At {
  kind: 'If';
  test: Expression;
  body: readonly Statement[];
  orelse: readonly Statement[];
}

export interface With extends At {
  kind: 'With';
  items: readonly { context: Expression; target?: Expression }[];
  body: readonly Statement[];
}

export interface Match extends At {
  kind: 'Match';
  subject: Expression;
  cases: readonly MatchCase[];
}

export interface MatchCase extends At {
  pattern: Pattern;
  guard?: Expression;
  body: readonly Statement[];
}

export type Pattern =
  | (At & { kind: 'MatchValue'; value: Expression })
  /** Binds a name, or nothing: `_`. */
  | (At & { kind: 'MatchCapture'; name?: string })
  | (At & { kind: 'MatchStar'; name?: string })
  | (At & { kind: 'MatchAs'; pattern: Pattern; name: string })
  | (At & { kind: 'MatchOr' | 'MatchSequence'; patterns: readonly Pattern[] })
  | (At & { kind: 'MatchMapping'; entries: readonly { key: Expression; pattern: Pattern }[]; rest?: string })
  | (At & { kind: 'MatchClass'; class: Expression; patterns: readonly Pattern[]; keywords: readonly string[] });

export interface ExceptHandler extends At {
  type?: Expression;
  name?: string;
  body: readonly Statement[];
}

export interface Try extends At {
  kind: 'Try';
  body: readonly Statement[];
  handlers: readonly ExceptHandler[];
  orelse: readonly Statement[];
  finalbody: readonly Statement[];
}

export interface Alias extends At {
  /** Dotted. */
  name: string;
  /** After `as`. */
  as?: string;
}

export interface Import extends At {
  kind: 'Import';
  names: readonly Alias[];
}

/** The one name of `from m import *` is `*`. */
export interface ImportFrom extends At {
  kind: 'ImportFrom';
  /** Without leading dots; empty for `from . import x`. */
  module: string;
  /** Number of leading dots. */
  level: number;
  names: readonly Alias[];
}

export interface Scope extends At {
  kind: 'Global' | 'Nonlocal';
  names: readonly string[];
}

export interface TypeAlias extends At {
  kind: 'TypeAlias';
  name: string;
  typeParams?: readonly string[];
  value: Expression;
}

export interface Return extends At {
  kind: 'Return';
  value?: Expression;
}

export interface Raise extends At {
  kind: 'Raise';
  exception?: Expression;
  cause?: Expression;
}

export interface Delete extends At {
  kind: 'Delete';
  targets: readonly Expression[];
}

export interface Assert extends At {
  kind: 'Assert';
  test: Expression;
  message?: Expression;
}

export interface Expr extends At {
  kind: 'Expr';
  value: Expression;
}

export interface Plain extends At {
  kind: 'Pass' | 'Break' | 'Continue';
}

/** 1-based line and column (in UTF-16 code units) of an offset. */
export function positionOf({ lines }: Pick<ModuleSyntax, 'lines'>, at: number): { line: number; column: number } {
  let low = 0;
  let high = lines.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: at - (lines[low] ?? 0) + 1 };
}
