/** What a factor can be set to; of an enum the value of a member, or its name. */
export type FactorValue = string | number | boolean;

/** Factor or field of the config (dotted for one of an object in it) → value. */
export type Overrides = Readonly<Record<string, FactorValue>>;

/** One architecture that the dashboard can be configured to. */
export interface Combination {
  /** The values in words, unique: `ghost, geometric`. */
  name: string;
  overrides: Overrides;
}

export interface Factor {
  /** Field of the config class, or parameter of the plot-list function. */
  name: string;
  values: readonly FactorValue[];
  /** Where the values come from: `ARCHITECTURE_MODES in core/config.py`. */
  how: string;
}

/** More combinations than this are covered in pairs. */
export const mostCombinations = 64;

export interface Covered {
  combinations: readonly Combination[];
  /** Size of the full product, where only every pair of values is covered. */
  of?: number;
}

/**
 * Every combination of the factors; of more than 64, so many that every pair of values of two factors is there (found
 * greedily, so not always the fewest). `fixed` overrides hold in each and are not part of the name.
 */
export function combine(factors: readonly Pick<Factor, 'name' | 'values'>[], fixed: Overrides = {}): Covered {
  const size = factors.reduce((product, { values }) => product * values.length, 1);
  const rows = size <= mostCombinations ? productOf(factors) : pairsOf(factors);
  const combinations = rows.map((row) => named(row, fixed));
  return size <= mostCombinations ? { combinations } : { combinations, of: size };
}

/** A combination under the name that its own values give it. */
export function named(values: Overrides, fixed: Overrides = {}): Combination {
  const name = Object.values(values).map(String).join(', ');
  return { name: name === '' ? 'the only configuration' : name, overrides: { ...fixed, ...values } };
}

type Factors = readonly Pick<Factor, 'name' | 'values'>[];

function productOf(factors: Factors): Overrides[] {
  return factors.reduce<Overrides[]>(
    (rows, { name, values }) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
}

/** Each row begins with a pair that is not covered yet and takes of every other factor what covers most besides. */
function pairsOf(factors: Factors): Overrides[] {
  const missing = new Map<string, Overrides>();
  for (const [i, a] of factors.entries()) {
    for (const b of factors.slice(i + 1)) {
      for (const row of productOf([a, b])) missing.set(keyOf(row), row);
    }
  }
  const rows: Overrides[] = [];
  for (let [next] = missing.values(); next !== undefined; [next] = missing.values()) {
    const row: Record<string, FactorValue> = { ...next };
    for (const { name, values } of factors) {
      if (name in row) continue;
      const news = (value: FactorValue) => pairsWith(row, name, value).filter((each) => missing.has(each)).length;
      const [best] = values.toSorted((x, y) => news(y) - news(x));
      if (best !== undefined) row[name] = best;
    }
    const inOrder = Object.fromEntries(factors.map(({ name }) => [name, row[name] ?? '']));
    for (const { name } of factors) for (const each of pairsWith(row, name, row[name] ?? '')) missing.delete(each);
    rows.push(inOrder);
  }
  return rows;
}

function pairsWith(row: Overrides, name: string, value: FactorValue): string[] {
  return Object.entries(row).map(([other, its]) => keyOf({ [other]: its, [name]: value }));
}

function keyOf(row: Overrides): string {
  return JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}
