import type { Expression, Statement } from '../syntax/tree.js';

/** Where a statement names types only to say or to test what something is. */
export function typesIn(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'FunctionDef':
      return [...statement.params.map(({ annotation }) => annotation), statement.returns].filter(
        (type) => type !== undefined,
      );
    case 'ClassDef':
      return statement.args.map(({ value }) => value);
    case 'AnnAssign':
      return [statement.annotation];
    case 'Try':
      return statement.handlers.flatMap(({ type }) => type ?? []);
    default:
      return [];
  }
}

const none: readonly Expression[] = [];

/** Functions that only go through the keys of a dict, or count them. */
const takesKeys = /^(?:list|sorted|tuple|set|frozenset|len|enumerate|iter|reversed|bool)$/;

/**
 * The dicts of which an expression only calls an item, or asks for the keys: `TABLE[name](…)`, `list(TABLE)`,
 * `TABLE.keys()`, `name in TABLE`, `[*TABLE]`, `… for name in TABLE`. What is in them is handed to nobody.
 */
export function lookedIntoBy(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'Call': {
      const { callee, args } = expression;
      if (callee.kind === 'Subscript') return [callee.object];
      if (callee.kind === 'Attribute') return callee.name === 'keys' ? [callee.object] : none;
      if (callee.kind !== 'Name' || !takesKeys.test(callee.id)) return none;
      return args.map(({ value }) => value);
    }
    case 'Compare':
      return expression.comparators.filter((_, at) => /^(?:not )?in$/.test(expression.ops[at] ?? ''));
    case 'List':
    case 'Tuple':
    case 'Set':
      return expression.elements.flatMap((each) => (each.kind === 'Starred' ? each.value : none));
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return expression.clauses.map(({ iterable }) => iterable);
    default:
      return none;
  }
}
