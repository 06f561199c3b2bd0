/** Calls of given names, with the literals that they are given. */
import type { Names } from '../names/names.js';
import { eachExpression, type Around } from '../syntax/around.js';
import { positionOf, type Argument, type Expression, type ModuleSyntax, type Name } from '../syntax/tree.js';
import { lastName } from '../syntax/walk.js';
import type { CallUse, Literal } from '../types.js';
import { catches, isGuarded, loadFailures } from './conditions.js';

/** Longer arguments are texts, not the names of anything. */
const longestArgument = 1000;

/** Calls whose last name is one of `callees`: `from_pretrained` finds `AutoModel.from_pretrained(…)`. In the order of the names. */
export function callsOf(
  syntax: ModuleSyntax,
  text: string,
  callees: ReadonlySet<string>,
  names: () => Names,
): CallUse[] {
  if (![...callees].some((callee) => text.includes(callee))) return [];
  const found: { at: number; use: CallUse }[] = [];
  eachExpression(syntax.body, (expression, around) => {
    if (expression.kind !== 'Call' || !callees.has(lastName(expression.callee) ?? '')) return;
    const { callee, args, at } = expression;
    const use = {
      callee: writtenName(callee),
      arguments: literalArguments(args, names),
      ...positionOf(syntax, at),
      guarded: isLoadGuarded(around),
    };
    found.push({ at: callee.kind === 'Attribute' ? callee.nameAt : callee.at, use });
  });
  return found.sort((a, b) => a.at - b.at).map(({ use }) => use);
}

/** Dotted, with `?` for what is no name. */
function writtenName(called: Expression): string {
  if (called.kind === 'Attribute') return `${writtenName(called.object)}.${called.name}`;
  if (called.kind === 'Name') return called.id;
  const isMade = called.kind === 'Call' && called.callee.kind === 'Name' && called.args.length === 0;
  return isMade ? `${writtenName(called.callee)}()` : '?';
}

function literalArguments(args: readonly Argument[], names: () => Names): Record<string, Literal> {
  const found: Record<string, Literal> = {};
  const firstSplat = args.findIndex(({ splat }) => splat !== undefined);
  for (const [index, { name, splat, value }] of args.entries()) {
    const isPlaced = splat === undefined && (firstSplat === -1 || index < firstSplat);
    if (name === undefined && !isPlaced) continue;
    const literal = literalOf(value, (read) => constantOf(read, names()));
    const isText = typeof literal === 'string' && literal.length > longestArgument;
    if (literal !== undefined && !isText) found[name ?? String(index)] = literal;
  }
  return found;
}

/**
 * The value of a literal expression: strings (adjacent ones and `+` too, f-strings without placeholders), numbers that
 * JSON can hold, True, False, None. Undefined for anything else.
 * @param nameOf what a name stands for.
 */
function literalOf(expression: Expression, nameOf: (name: Name) => Literal | undefined): Literal | undefined {
  switch (expression.kind) {
    case 'Constant':
      return expression.type === 'None' ? null : expression.value;
    case 'JoinedStr':
      return joined(expression.parts);
    case 'BinOp':
      if (expression.op !== '+') return undefined;
      return joined([literalOf(expression.left, nameOf), literalOf(expression.right, nameOf)]);
    case 'UnaryOp': {
      const value = literalOf(expression.operand, () => undefined);
      if (typeof value !== 'number') return undefined;
      return { '-': -value, '+': value, '~': undefined, not: undefined }[expression.op];
    }
    case 'Name':
      return nameOf(expression);
    default:
      return undefined;
  }
}

function joined(parts: readonly unknown[]): string | undefined {
  return parts.every((part) => typeof part === 'string') ? parts.join('') : undefined;
}

/** The literal that a name of the module is bound to, once and for all. */
function constantOf(name: Name, names: Names): Literal | undefined {
  const scope = names.scopeAt(name);
  if (scope === undefined || names.resolve(name.id, scope) !== names.module) return undefined;
  const [only, ...others] = names
    .definitionsOf(names.module, name.id)
    .filter(({ forTypeCheckers }) => forTypeCheckers !== true);
  if (only?.kind !== 'assignment' || only.value === undefined || others.length > 0) return undefined;
  return literalOf(only.value, () => undefined);
}

/** True inside a `try` or `suppress` of the same function that catches what a loader raises when it cannot load. */
function isLoadGuarded(around: Around): boolean {
  for (let each: Around | undefined = around; each !== undefined; each = each.outer) {
    const { node, block } = each;
    if (node.kind === 'FunctionDef' || node.kind === 'Lambda') return false;
    if (node.kind === 'Try' ? block === node.body && catches(node, loadFailures) : isGuarded(each, loadFailures)) {
      return true;
    }
  }
  return false;
}
