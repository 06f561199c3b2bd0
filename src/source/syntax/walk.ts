import type { Argument, Expression, ModuleSyntax, Parameter, Pattern, Statement } from './tree.js';

/** The blocks of a statement, in the order of the text: those of `if`, loops, `try`, `with`, `match`, functions and classes. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'FunctionDef':
    case 'ClassDef':
    case 'With':
      return [statement.body];
    case 'If':
    case 'For':
    case 'While':
      return [statement.body, statement.orelse];
    case 'Try':
      return [statement.body, ...statement.handlers.map(({ body }) => body), statement.orelse, statement.finalbody];
    case 'Match':
      return statement.cases.map(({ body }) => body);
    default:
      return [];
  }
}

/** The expressions that a statement itself holds, outside of its blocks, in the order in which they are evaluated. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'FunctionDef':
      return [
        ...statement.decorators,
        ...statement.params.flatMap(inParameter),
        ...(statement.returns === undefined ? [] : [statement.returns]),
      ];
    case 'ClassDef':
      return [...statement.decorators, ...statement.args.map(({ value }) => value)];
    case 'Assign':
      return [statement.value, ...statement.targets];
    case 'AugAssign':
      return [statement.target, statement.value];
    case 'AnnAssign':
      return [...optional(statement.value), statement.annotation, statement.target];
    case 'For':
      return [statement.iterable, statement.target];
    case 'While':
    case 'If':
      return [statement.test];
    case 'With':
      return statement.items.flatMap(({ context, target }) => [context, ...optional(target)]);
    case 'Match':
      return [
        statement.subject,
        ...statement.cases.flatMap(({ pattern, guard }) => [...inPattern(pattern), ...optional(guard)]),
      ];
    case 'Try':
      return statement.handlers.flatMap(({ type }) => optional(type));
    case 'TypeAlias':
    case 'Expr':
      return [statement.value];
    case 'Return':
      return optional(statement.value);
    case 'Raise':
      return [...optional(statement.exception), ...optional(statement.cause)];
    case 'Delete':
      return statement.targets;
    case 'Assert':
      return [statement.test, ...optional(statement.message)];
    case 'Import':
    case 'ImportFrom':
    case 'Global':
    case 'Nonlocal':
    case 'Pass':
    case 'Break':
    case 'Continue':
      return [];
    default:
      return statement satisfies never;
  }
}

/** The expressions right below one, in the order in which they are evaluated. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'Name':
    case 'Constant':
      return [];
    case 'JoinedStr':
      return expression.parts.filter((part) => typeof part !== 'string');
    case 'List':
    case 'Tuple':
    case 'Set':
      return expression.elements;
    case 'Dict':
      return expression.entries.flatMap(({ key, value }) => [...optional(key), value]);
    case 'Attribute':
      return [expression.object];
    case 'Subscript':
      return [expression.object, expression.index];
    case 'Slice':
    case 'Unknown':
      return expression.parts;
    case 'Call':
      return [expression.callee, ...expression.args.map(({ value }: Argument) => value)];
    case 'BinOp':
    case 'BoolOp':
      return [expression.left, expression.right];
    case 'UnaryOp':
      return [expression.operand];
    case 'Compare':
      return [expression.left, ...expression.comparators];
    case 'IfExp':
      return [expression.test, expression.body, expression.orelse];
    case 'Lambda':
      return [...expression.params.flatMap(inParameter), expression.body];
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return [
        ...expression.clauses.flatMap(({ target, iterable, conditions }) => [iterable, target, ...conditions]),
        expression.element,
        ...optional(expression.value),
      ];
    case 'NamedExpr':
      return [expression.value, expression.target];
    case 'Starred':
    case 'Await':
      return [expression.value];
    case 'Yield':
      return optional(expression.value);
    default:
      return expression satisfies never;
  }
}

/** Every statement of a block and of the blocks inside it, bodies of functions and classes included, in the order of the text. */
export function statementsIn(block: readonly Statement[]): readonly Statement[] {
  const found: Statement[] = [];
  const waiting = block.toReversed();
  for (let statement = waiting.pop(); statement !== undefined; statement = waiting.pop()) {
    found.push(statement);
    for (const inner of blocksOf(statement).toReversed()) pushReversed(waiting, inner);
  }
  return found;
}

/** An expression and everything inside of it, in the order in which it is met. */
export function expressionsIn(expression: Expression): readonly Expression[] {
  // A list, and no recursion: both it and generators cost a multiple, and the tree may be deep.
  const found: Expression[] = [];
  const waiting = [expression];
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    found.push(each);
    if (each.kind !== 'Name' && each.kind !== 'Constant') pushReversed(waiting, partsOf(each));
  }
  return found;
}

function pushReversed<Item>(items: Item[], added: readonly Item[]): void {
  for (let at = added.length - 1; at >= 0; at--) {
    const item = added[at];
    if (item !== undefined) items.push(item);
  }
}

/** Every expression that some statements hold, those in the blocks inside them left out. */
export function expressionsHeldBy(statements: readonly Statement[]): readonly Expression[] {
  return statements.flatMap((statement) => expressionsOf(statement).flatMap(expressionsIn));
}

/** Every expression of a file. */
export function expressionsOfModule({ body }: Pick<ModuleSyntax, 'body'>): readonly Expression[] {
  return expressionsHeldBy(statementsIn(body));
}

/** `a.b.c` of names and attributes; undefined for anything else. */
export function dottedName(expression: Expression): string | undefined {
  if (expression.kind === 'Name') return expression.id;
  const object = expression.kind === 'Attribute' ? dottedName(expression.object) : undefined;
  return expression.kind === 'Attribute' && object !== undefined ? `${object}.${expression.name}` : undefined;
}

function optional(expression: Expression | undefined): readonly Expression[] {
  return expression === undefined ? [] : [expression];
}

function inParameter(parameter: Parameter): readonly Expression[] {
  return [...optional(parameter.default), ...optional(parameter.annotation)];
}

/** The values that a pattern compares with and the classes it names. */
function inPattern(pattern: Pattern): readonly Expression[] {
  switch (pattern.kind) {
    case 'MatchValue':
      return [pattern.value];
    case 'MatchCapture':
    case 'MatchStar':
      return [];
    case 'MatchAs':
      return inPattern(pattern.pattern);
    case 'MatchOr':
    case 'MatchSequence':
      return pattern.patterns.flatMap(inPattern);
    case 'MatchMapping':
      return pattern.entries.flatMap(({ key, pattern: inner }) => [key, ...inPattern(inner)]);
    case 'MatchClass':
      return [pattern.class, ...pattern.patterns.flatMap(inPattern)];
    default:
      return pattern satisfies never;
  }
}
