import type { Module } from '../program.js';
import type { Attribute, Expression, FunctionDef } from '../syntax/tree.js';
import { isClassMethod } from './class-info.js';
import type { Infer } from './infer.js';
import { indexOf } from './module-index.js';
import type { ClassValue } from './values.js';

const made = new WeakMap<Infer, ReadonlySet<ClassValue['node']>>();

/** Somewhere an object of the class is made by another name than its own: `PAGES[name]()`, `for page in PAGES.values(): page()`. */
export function isMadeByOtherName(of: ClassValue, infer: Infer): boolean {
  const known = made.get(infer) ?? madeByOtherNames(infer);
  made.set(infer, known);
  return known.has(of.node);
}

function madeByOtherNames(infer: Infer): ReadonlySet<ClassValue['node']> {
  const found = new Set<ClassValue['node']>();
  for (const path of infer.program.paths) {
    const module = infer.program.module(path);
    if (module === undefined) continue;
    for (const { callee } of indexOf(module).calls.keys()) {
      if (callee.kind === 'Attribute') for (const node of madeByClassMethod(callee, module, infer)) found.add(node);
      if (!mayHoldClasses(callee)) continue;
      const { known, open } = infer.valuesOf(callee, module);
      for (const value of open ? [] : known)
        if (value.kind === 'class' && value.orSubclass !== true) found.add(value.node);
    }
  }
  return found;
}

/** `Run.load(path)`, where the class method calls its `cls`, makes a `Run`. */
function* madeByClassMethod(callee: Attribute, module: Module, infer: Infer): Generator<ClassValue['node']> {
  for (const owner of infer.valuesOf(callee.object, module).known) {
    if (owner.kind !== 'class' || owner.orSubclass === true) continue;
    for (const { member, owner: by } of infer.members.of(owner, callee.name)) {
      if (member.kind === 'function' && isClassMethod(member.node) && callsItsClass(member.node, by.module)) {
        yield owner.node;
      }
    }
  }
}

const makers = new WeakMap<FunctionDef, boolean>();

function callsItsClass(method: FunctionDef, module: Module): boolean {
  const known = makers.get(method);
  if (known !== undefined) return known;
  const own = method.params[0]?.name;
  const found = [...indexOf(module).calls].some(
    ([{ callee }, place]) => place.function === method && callee.kind === 'Name' && callee.id === own,
  );
  makers.set(method, found);
  return found;
}

/** An entry of a table, what a call gives, or a name for it. */
function mayHoldClasses(callee: Expression): boolean {
  return callee.kind === 'Subscript' || callee.kind === 'Call' || callee.kind === 'Name';
}
