import type { Module } from '../program.js';
import type { Expression, Name } from '../syntax/tree.js';
import { statementsIn } from '../syntax/walk.js';
import type { Inference } from '../values/inference.js';
import { indexOf } from '../values/module-index.js';
import { isSessionState } from '../values/session-state.js';

/** Names that somewhere in the repository the session state is given: `state = st.session_state`. */
export function namesOfState(modules: readonly Module[], inference: Inference): ReadonlySet<string> {
  const names = new Set(['session_state']);
  for (const module of modules) {
    for (const { target, value } of namings(module)) if (isState(value, module, inference)) names.add(target.id);
  }
  return names;
}

/**
 * Where a module mentions the session state: `st.session_state`, what it imports as such, and a name it was given.
 * `named`: the mentions that only give it a name. `isOpen`: something of such a name may be it.
 */
export function mentionsOf(
  all: readonly Expression[],
  module: Module,
  names: ReadonlySet<string>,
  inference: Inference,
): { mentions: ReadonlySet<Expression>; named: readonly Expression[]; isOpen: boolean } {
  const mentions = new Set<Expression>();
  let isOpen = false;
  const imported = statementsIn(module.syntax.body).flatMap((statement) =>
    statement.kind === 'ImportFrom'
      ? statement.names.flatMap(({ name, as }) => (names.has(name) ? [as ?? name] : []))
      : [],
  );
  const inside = new Set([...names, ...imported]);
  for (const each of all) {
    const isNamed = each.kind === 'Attribute' ? names.has(each.name) : each.kind === 'Name' && inside.has(each.id);
    if (!isNamed) continue;
    if (isState(each, module, inference)) mentions.add(each);
    else if (inference.valuesOf(each, module).open && !indexOf(module).stored.has(each)) isOpen = true;
  }
  const named = namings(module).flatMap(({ target, value }) => (mentions.has(value) ? [target, value] : []));
  return { mentions, named, isOpen };
}

/** `name = value` */
function namings({ syntax }: Module): { target: Name; value: Expression }[] {
  return statementsIn(syntax.body).flatMap((statement) => {
    if (statement.kind !== 'Assign' || !/^(?:Name|Attribute)$/.test(statement.value.kind)) return [];
    const [target, ...others] = statement.targets;
    return target?.kind === 'Name' && others.length === 0 ? [{ target, value: statement.value }] : [];
  });
}

function isState(expression: Expression, module: Module, inference: Inference): boolean {
  return inference.valuesOf(expression, module).known.some(isSessionState);
}
