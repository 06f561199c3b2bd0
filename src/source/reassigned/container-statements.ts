/** What single statements do to the dicts, lists and sets that names hold. */
import type { Expression, Name, Statement } from '../syntax/tree.js';
import { expressionsIn, expressionsOf } from '../syntax/walk.js';

/** The name that a statement makes an empty container, alone. */
export function emptied(statement: Statement): string | undefined {
  return nameGiven(statement, isEmptyContainer);
}

/** The name that a statement makes a dict or list with something in it, alone. */
export function displayed(statement: Statement): string | undefined {
  return nameGiven(statement, ({ kind }) => kind === 'Dict' || kind === 'List');
}

function nameGiven(statement: Statement, isMeant: (value: Expression) => boolean): string | undefined {
  if (statement.kind !== 'Assign' && statement.kind !== 'AnnAssign') return undefined;
  const targets = statement.kind === 'Assign' ? statement.targets : [statement.target];
  const [target] = targets;
  if (targets.length !== 1 || target?.kind !== 'Name' || statement.value === undefined) return undefined;
  return isMeant(statement.value) ? target.id : undefined;
}

function isEmptyContainer(value: Expression): boolean {
  if (value.kind === 'Dict') return value.entries.length === 0;
  if (value.kind === 'List') return value.elements.length === 0;
  if (value.kind !== 'Call') return false;
  const { callee, args } = value;
  const called = callee.kind === 'Name' ? callee.id : callee.kind === 'Attribute' ? callee.name : '';
  if (called === 'defaultdict') return args.length <= 1;
  return /^(?:dict|list|set|OrderedDict|Counter|deque)$/.test(called) && args.length === 0;
}

const filling = /^(?:append|extend|insert|add|update|setdefault|appendleft)$/;

/** The name that a statement fills and does nothing else with: `d[k] = v`, `d.append(v)`. */
export function fill(statement: Statement): string | undefined {
  if (statement.kind === 'Assign') {
    const [target] = statement.targets;
    if (statement.targets.length !== 1 || target?.kind !== 'Subscript' || target.object.kind !== 'Name')
      return undefined;
    return isFree(target.object, [target.index, statement.value]);
  }
  if (statement.kind !== 'Expr' || statement.value.kind !== 'Call') return undefined;
  const { callee, args } = statement.value;
  if (callee.kind !== 'Attribute' || callee.object.kind !== 'Name' || !filling.test(callee.name)) return undefined;
  return isFree(
    callee.object,
    args.map(({ value }) => value),
  );
}

/** The name, unless one of the expressions reads it. */
function isFree({ id }: Name, expressions: readonly Expression[]): string | undefined {
  for (const expression of expressions) {
    for (const part of expressionsIn(expression)) if (part.kind === 'Name' && part.id === id) return undefined;
  }
  return id;
}

/** Every name that a statement itself reads or binds. */
export function* mentioned(statement: Statement): Generator<string> {
  for (const expression of expressionsOf(statement)) {
    for (const part of expressionsIn(expression)) {
      if (part.kind === 'Name') yield part.id;
      // `frame.query("name in @names")`
      else if (part.kind === 'Constant' && typeof part.value === 'string' && part.value.includes('@')) {
        for (const [, name = ''] of part.value.matchAll(/@(\w+)/g)) yield name;
      }
    }
  }
  switch (statement.kind) {
    case 'FunctionDef':
    case 'ClassDef':
      yield statement.name;
      return;
    case 'Import':
    case 'ImportFrom':
      for (const { name, as } of statement.names) yield as ?? name;
      return;
    case 'Try':
      for (const { name } of statement.handlers) if (name !== undefined) yield name;
      return;
    default:
  }
}
