import type { Module } from '../program.js';
import type { Expression } from '../syntax/tree.js';
import type { Infer } from './infer.js';
import type { Uses } from './uses.js';
import { anything, union, type Value, type Values } from './values.js';

/** Streamlit keeps one such object a session; whatever a page puts in, by attribute or by item, every page can ask for. */
export function isSessionState(value: Value): boolean {
  return value.kind === 'outside' && value.name === 'streamlit.session_state';
}

/** What the repository stores in the session state under a key; anything when it stores nothing there. */
export function inSessionState(key: string, infer: Infer, uses: Uses): Values {
  const isOne = (object: Expression, module: Module) => infer.valuesOf(object, module).known.some(isSessionState);
  const byAttribute = (uses.stores.get(key) ?? []).map(({ store, module }) => {
    return { object: store.target.object, value: store.value, module };
  });
  const stores = [...byAttribute, ...(uses.items.get(key) ?? [])].filter(({ object, module }) => isOne(object, module));
  if (stores.length === 0) return anything;
  return union(stores.map(({ value, module }) => (value === undefined ? anything : infer.valuesOf(value, module))));
}
