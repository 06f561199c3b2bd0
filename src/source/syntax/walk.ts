import type { Expression, ModuleSyntax, Parameter, Pattern, Statement } from './tree.js';

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

/**
 * Visits the expressions right below one, in the order in which they are evaluated, and hands `given` to each visit: so
 * much is walked that a list or a function for each expression would cost more than what is done with it.
 */
export function eachPart<Given>(
  expression: Expression,
  visit: (part: Expression, given: Given) => void,
  given: Given,
): void {
  switch (expression.kind) {
    case 'Name':
    case 'Constant':
      return;
    case 'JoinedStr':
      for (const part of expression.parts) if (typeof part !== 'string') visit(part, given);
      return;
    case 'List':
    case 'Tuple':
    case 'Set':
      for (const element of expression.elements) visit(element, given);
      return;
    case 'Dict':
      for (const { key, value } of expression.entries) {
        if (key !== undefined) visit(key, given);
        visit(value, given);
      }
      return;
    case 'Attribute':
      return visit(expression.object, given);
    case 'Subscript':
      visit(expression.object, given);
      return visit(expression.index, given);
    case 'Slice':
    case 'Unknown':
      for (const part of expression.parts) visit(part, given);
      return;
    case 'Call':
      visit(expression.callee, given);
      for (const { value } of expression.args) visit(value, given);
      return;
    case 'BinOp':
    case 'BoolOp':
      visit(expression.left, given);
      return visit(expression.right, given);
    case 'UnaryOp':
      return visit(expression.operand, given);
    case 'Compare':
      visit(expression.left, given);
      for (const comparator of expression.comparators) visit(comparator, given);
      return;
    case 'IfExp':
      visit(expression.test, given);
      visit(expression.body, given);
      return visit(expression.orelse, given);
    case 'Lambda':
      for (const parameter of expression.params) for (const part of inParameter(parameter)) visit(part, given);
      return visit(expression.body, given);
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      for (const { target, iterable, conditions } of expression.clauses) {
        visit(iterable, given);
        visit(target, given);
        for (const condition of conditions) visit(condition, given);
      }
      visit(expression.element, given);
      if (expression.value !== undefined) visit(expression.value, given);
      return;
    case 'NamedExpr':
      visit(expression.value, given);
      return visit(expression.target, given);
    case 'Starred':
    case 'Await':
      return visit(expression.value, given);
    case 'Yield':
      if (expression.value !== undefined) visit(expression.value, given);
      return;
    default:
      expression satisfies never;
  }
}

/** The expressions right below one, in the order in which they are evaluated. */
export function partsOf(expression: Expression): readonly Expression[] {
  const parts: Expression[] = [];
  eachPart(expression, add, parts);
  return parts;
}

function add(expression: Expression, found: Expression[]): void {
  found.push(expression);
}

/** Every statement of a block and of the blocks inside it, bodies of functions and classes included, in the order of the text. */
export function statementsIn(block: readonly Statement[]): readonly Statement[] {
  const found: Statement[] = [];
  addStatements(block, found);
  return found;
}

function addStatements(block: readonly Statement[], found: Statement[]): void {
  for (const statement of block) {
    found.push(statement);
    for (const inner of blocksOf(statement)) addStatements(inner, found);
  }
}

/** An expression and everything inside of it, in the order in which it is met. */
export function expressionsIn(expression: Expression): readonly Expression[] {
  const found: Expression[] = [];
  addAll(expression, found);
  return found;
}

function addAll(expression: Expression, found: Expression[]): void {
  found.push(expression);
  eachPart(expression, addAll, found);
}

/** Every expression that some statements hold, those in the blocks inside them left out. */
export function expressionsHeldBy(statements: readonly Statement[]): readonly Expression[] {
  const found: Expression[] = [];
  for (const statement of statements) for (const held of expressionsOf(statement)) addAll(held, found);
  return found;
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

/** `c` of `a.b.c`; undefined for what has no name of its own. */
export function lastName(expression: Expression): string | undefined {
  if (expression.kind === 'Name') return expression.id;
  return expression.kind === 'Attribute' ? expression.name : undefined;
}

/** The text of a string literal; undefined for anything else, and for texts too long to be the name of something. */
export function literalText(expression: Expression | undefined): string | undefined {
  return expression?.kind === 'Constant' && typeof expression.value === 'string' ? expression.value : undefined;
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
