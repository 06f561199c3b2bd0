import type { Module } from '../program.js';
import type { Expression } from '../syntax/tree.js';
import { statementsIn } from '../syntax/walk.js';
import type { Inference } from '../values/inference.js';
import { isSessionState } from '../values/session-state.js';

/**
 * Where a module names the session state: `st.session_state`, what was imported as such, and a name it was given.
 * `named`: the mentions that only give it a name.
 */
export function mentionsOf(
  all: readonly Expression[],
  module: Module,
  inference: Inference,
): { mentions: ReadonlySet<Expression>; named: readonly Expression[] } {
  const isIt = (each: Expression) => inference.valuesOf(each, module).known.some(isSessionState);
  const mentions = new Set<Expression>();
  for (const each of all)
    if (each.kind === 'Attribute' && each.name === 'session_state' && isIt(each)) mentions.add(each);
  const names = new Set<string>();
  const named: Expression[] = [];
  for (const statement of statementsIn(module.syntax.body)) {
    if (statement.kind === 'ImportFrom') {
      for (const { name, as } of statement.names) if (name === 'session_state') names.add(as ?? name);
    } else if (statement.kind === 'Assign' && mentions.has(statement.value)) {
      const [target, ...others] = statement.targets;
      if (target?.kind !== 'Name' || others.length > 0) continue;
      names.add(target.id);
      named.push(statement.value, target);
    }
  }
  for (const each of all) if (each.kind === 'Name' && names.has(each.id) && isIt(each)) mentions.add(each);
  return { mentions, named };
}
