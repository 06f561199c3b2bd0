/**
 * Plot types as the sources have them: texts in which `{}` stands for what is only known at run time
 * (`Expert {} load` for `f"Expert {i} load"`).
 */

/** A text that nobody writes: what an f-string fills in. */
export const hole = '{}';

export function isPattern(text: string): boolean {
  return text.includes(hole);
}

/** True when both can be the same text: equal, or one fits the other's pattern. */
export function matches(a: string, b: string): boolean {
  if (a === b) return true;
  return (isPattern(b) && fits(a, b)) || (isPattern(a) && fits(b, a));
}

/** True when the literal parts of the pattern stand in the text in their order, from its beginning to its end. */
function fits(text: string, pattern: string): boolean {
  const parts = pattern.split(hole);
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
