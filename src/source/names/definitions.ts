import type {
  Alias,
  AnnAssign,
  Assign,
  AugAssign,
  ClassDef,
  ComprehensionClause,
  Delete,
  ExceptHandler,
  Expression,
  For,
  FunctionDef,
  Import,
  ImportFrom,
  MatchCase,
  NamedExpr,
  Parameter,
  TypeAlias,
  With,
} from '../syntax/tree.js';

/** One place in the text where a name gets a value, or loses it. */
export type Definition = {
  /** As it is stored, see `storedName`. */
  name: string;
  /** Offset of the name. */
  at: number;
  /** Stands in a branch that only type checkers take. */
  forTypeCheckers?: true;
} & (
  | {
      kind: 'assignment';
      node: Assign | AnnAssign | NamedExpr;
      /** What the name gets, when the text shows just that: in `a, b = 1, f()` they get `1` and `f()`. */
      value?: Expression;
      /** What it is taken out of otherwise: `f()` in `a, b = f()`. */
      from?: Expression;
    }
  | { kind: 'augmented'; node: AugAssign }
  /** The name, or a part of a tuple it stands in, is an element of `node.iterable`. */
  | { kind: 'for'; node: For | ComprehensionClause }
  | { kind: 'with'; node: With; context: Expression }
  | { kind: 'import'; node: Import | ImportFrom; alias: Alias }
  | { kind: 'parameter'; node: Parameter }
  | { kind: 'function'; node: FunctionDef }
  | { kind: 'class'; node: ClassDef }
  | { kind: 'exception'; node: ExceptHandler }
  | { kind: 'capture'; node: MatchCase }
  | { kind: 'type-alias'; node: TypeAlias }
  | { kind: 'type-parameter'; node: FunctionDef | ClassDef | TypeAlias }
  /** No value: `del name`, or the end of `except … as name`. */
  | { kind: 'unbinding'; node: Delete | ExceptHandler }
);

/**
 * What a read of a name may see, following the flow of control: `namesOf(syntax).definitionsReaching(name)`. For a name
 * that lives in another scope, whose time of reading is not known, it is every definition there, possibly unbound.
 */
export interface Reaching {
  /** Without unbindings. Empty when the name cannot have a value here. */
  definitions: readonly Definition[];
  /** There is a way through the code on which the name has no value (yet, or any more) when it is read. */
  mayBeUnbound: boolean;
  /** The unbindings among those ways. */
  unbindings: readonly Definition[];
}
