export type Expression =
  | Name
  | Constant
  | JoinedStr
  | Sequence
  | Dict
  | Attribute
  | Subscript
  | Slice
  | Call
  | BinOp
  | BoolOp
  | UnaryOp
  | Compare
  | IfExp
  | Lambda
  | Comprehension
  | NamedExpr
  | Starred
  | Await
  | Yield
  | Unknown;

/** Offset of the first character, in UTF-16 code units of the decoded text. */
export interface At {
  at: number;
}

export interface Name extends At {
  kind: 'Name';
  id: string;
  /** In a type that stands in quotes, which nobody evaluates. */
  quoted?: true;
}

/** A literal. `value` is absent for bytes, complex numbers, `...`, and texts or numbers that JSON cannot hold. */
export interface Constant extends At {
  kind: 'Constant';
  type: 'str' | 'bytes' | 'int' | 'float' | 'complex' | 'bool' | 'None' | 'Ellipsis';
  value?: string | number | boolean;
}

/** An f-string; neighbouring literal parts are joined. */
export interface JoinedStr extends At {
  kind: 'JoinedStr';
  parts: readonly (string | Expression)[];
}

export interface Sequence extends At {
  kind: 'List' | 'Tuple' | 'Set';
  elements: readonly Expression[];
}

export interface Dict extends At {
  kind: 'Dict';
  /** Without `key`: `**value`. */
  entries: readonly { key?: Expression; value: Expression }[];
}

export interface Attribute extends At {
  kind: 'Attribute';
  object: Expression;
  name: string;
  /** Offset of the name after the dot. */
  nameAt: number;
}

export interface Subscript extends At {
  kind: 'Subscript';
  object: Expression;
  /** A `Tuple` for `a[i, j]`. */
  index: Expression;
}

export interface Slice extends At {
  kind: 'Slice';
  parts: readonly Expression[];
}

export interface Argument {
  /** Of a keyword argument. */
  name?: string;
  /** `*value` or `**value`. */
  splat?: '*' | '**';
  value: Expression;
}

export interface Call extends At {
  kind: 'Call';
  callee: Expression;
  args: readonly Argument[];
}

export interface BinOp extends At {
  kind: 'BinOp';
  op: string;
  left: Expression;
  right: Expression;
}

export interface BoolOp extends At {
  kind: 'BoolOp';
  op: 'and' | 'or';
  left: Expression;
  right: Expression;
}

export interface UnaryOp extends At {
  kind: 'UnaryOp';
  op: 'not' | '-' | '+' | '~';
  operand: Expression;
}

/** `a < b <= c`; `ops` are as written: `not in`, `is not`. */
export interface Compare extends At {
  kind: 'Compare';
  left: Expression;
  ops: readonly string[];
  comparators: readonly Expression[];
}

export interface IfExp extends At {
  kind: 'IfExp';
  test: Expression;
  body: Expression;
  orelse: Expression;
}

export interface Lambda extends At {
  kind: 'Lambda';
  params: readonly Parameter[];
  body: Expression;
}

export interface Comprehension extends At {
  kind: 'ListComp' | 'SetComp' | 'DictComp' | 'GeneratorExp';
  element: Expression;
  /** Of a DictComp, whose `element` is the key. */
  value?: Expression;
  clauses: readonly ComprehensionClause[];
}

export interface ComprehensionClause {
  target: Expression;
  iterable: Expression;
  conditions: readonly Expression[];
}

export interface NamedExpr extends At {
  kind: 'NamedExpr';
  target: Name;
  value: Expression;
}

export interface Starred extends At {
  kind: 'Starred';
  value: Expression;
}

export interface Await extends At {
  kind: 'Await';
  value: Expression;
}

export interface Yield extends At {
  kind: 'Yield';
  from?: true;
  value?: Expression;
}

export interface Unknown extends At {
  kind: 'Unknown';
  parts: readonly Expression[];
}

export interface Parameter extends At {
  name: string;
  annotation?: Expression;
  default?: Expression;
  /** `*args`, `**kwargs`. */
  splat?: '*' | '**';
  /** Before a `/`. */
  positionalOnly?: true;
  /** After a `*`. */
  keywordOnly?: true;
}
