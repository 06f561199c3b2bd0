import type { Expression } from '../syntax/tree.js';
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
      if (!mayHoldClasses(callee)) continue;
      const { known, open } = infer.valuesOf(callee, module);
      for (const value of open ? [] : known)
        if (value.kind === 'class' && value.orSubclass !== true) found.add(value.node);
    }
  }
  return found;
}

/** An entry of a table, what a call gives, or a name for it. */
function mayHoldClasses(callee: Expression): boolean {
  return callee.kind === 'Subscript' || callee.kind === 'Call' || callee.kind === 'Name';
}
