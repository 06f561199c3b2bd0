const view = new DataView(new ArrayBuffer(4));

/**
 * How many float32 numbers lie from one to the other, 0 for the same bits but for the sign of 0; NaN when one of them is
 * not finite. Both are rounded to float32 first.
 */
export function ulpsBetween(a: number, b: number): number {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Number.NaN;
  return Math.abs(rankOf(a) - rankOf(b));
}

/** Bits of a float32 as an integer that rises with it. */
function rankOf(value: number): number {
  view.setFloat32(0, value);
  const bits = view.getUint32(0);
  return bits & 0x80000000 ? -(bits & 0x7fffffff) : bits;
}
