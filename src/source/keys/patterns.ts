/**
 * A key of a dict, as far as the text shows it: literal parts with anything between them. One part is a constant;
 * `['expert_', '_activation']` is `f"expert_{i}_activation"`.
 */
export type KeyPattern = readonly string[];

/** The key of every text. */
export const anyKey: KeyPattern = ['', ''];

export function isConstant(pattern: KeyPattern): boolean {
  return pattern.length === 1;
}

/** Two patterns one after the other: the text of `a + b`. */
export function joined(a: KeyPattern, b: KeyPattern): KeyPattern {
  const parts = [...a.slice(0, -1), `${a.at(-1) ?? ''}${b[0] ?? ''}`, ...b.slice(1)];
  return parts.filter((part, at) => at === 0 || at === parts.length - 1 || part !== '');
}

/** As it is shown to a reader: `expert_{…}_activation`, `Metric.LOSS` without the file between zeros. */
export function shown(pattern: KeyPattern): string {
  return pattern.join('{…}').replaceAll(/\0(?:[^\0]*\0)?/g, '');
}

/** Whether some text follows both patterns. Says yes when in doubt. */
export function mayMeet(a: KeyPattern, b: KeyPattern): boolean {
  const [first = ''] = a;
  if (a.length === 1 && b.length === 1) return first === b[0];
  if (a.length === 1) return follows(first, b);
  if (b.length === 1) return follows(b[0] ?? '', a);
  const isOneStart = (one: string, other: string) => one.startsWith(other) || other.startsWith(one);
  const isOneEnd = (one: string, other: string) => one.endsWith(other) || other.endsWith(one);
  return isOneStart(first, b[0] ?? '') && isOneEnd(a.at(-1) ?? '', b.at(-1) ?? '');
}

/** Whether a text follows a pattern: its parts in order, without overlap. */
export function follows(text: string, pattern: KeyPattern): boolean {
  const [prefix = '', ...rest] = pattern;
  const suffix = rest.pop();
  if (suffix === undefined) return text === prefix;
  if (!text.startsWith(prefix) || !text.endsWith(suffix)) return false;
  let from = prefix.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return from <= text.length - suffix.length;
}
