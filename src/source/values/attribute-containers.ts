import type { Module, Program } from '../program.js';
import { expressionsIn } from '../syntax/walk.js';
import type { Expression } from '../syntax/tree.js';
import { classInfoOf } from './class-info.js';
import { indexOf } from './module-index.js';
import type { Uses } from './uses.js';
import { containerOf, keyOf } from './values.js';

/** The containers that attributes are set to, whoever has them: name → their keys. */
export function containersOfAttributes(program: Program, uses: Uses): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const note = (name: string, value: Expression | undefined, module: Module): void => {
    // Also inside of what makes another list of it: `nn.ModuleList([Expert()])`.
    for (const node of value === undefined ? [] : expressionsIn(value)) {
      const made = containerOf(node, module);
      if (made !== undefined) found.set(name, (found.get(name) ?? new Set()).add(keyOf(made)));
    }
  };
  for (const [name, stores] of uses.stores) for (const { store, module } of stores) note(name, store.value, module);
  for (const module of program.paths.flatMap((path) => program.module(path) ?? [])) {
    for (const node of indexOf(module).classes.keys()) {
      for (const [name, members] of classInfoOf(node, module).body) {
        for (const member of members) if (member.kind === 'value') note(name, member.value, module);
      }
    }
  }
  return found;
}
