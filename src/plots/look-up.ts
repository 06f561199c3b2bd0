import type { Expression } from '../source/syntax/tree.js';

/** What is looked up in, and under which keys: `data["loss"]`, `data[["step", "loss"]]`, `data.get("loss")`. */
export function lookUp(part: Expression): readonly Expression[] {
  if (part.kind === 'Subscript') {
    const { object, index } = part;
    return index.kind === 'List' ? [object, ...index.elements] : [object, index];
  }
  if (part.kind !== 'Call' || part.callee.kind !== 'Attribute') return [];
  const [key] = part.args;
  return /^(?:get|pop)$/.test(part.callee.name) && key?.name === undefined && key !== undefined
    ? [part.callee.object, key.value]
    : [];
}
