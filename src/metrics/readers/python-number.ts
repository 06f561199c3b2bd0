const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const nonFinite = /^([+-]?)(nan|inf|infinity)$/i;

/** A number as Python's `str` and its loggers write it (`nan` and `inf` among them), or undefined. */
export function pythonNumber(text: string): number | undefined {
  if (decimal.test(text)) return Number(text);
  const [, sign, word] = nonFinite.exec(text) ?? [];
  if (word === undefined) return undefined;
  if (word.toLowerCase() === 'nan') return Number.NaN;
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
