import { valueAt } from '../names.js';
import type { Values } from '../record.js';
import type { Annotation } from '../record-schema.js';

/** So many values, all the same, are no chance. */
const enoughValues = 20;

interface Watched {
  path: readonly string[];
  first: unknown;
  values: number;
}

/** Watches the metrics that never stand still in a training that learns. */
export class Stillness {
  private watched: readonly Watched[];

  constructor(annotations: readonly Annotation[]) {
    const moving = annotations.filter(({ moves }) => moves);
    this.watched = moving.map(({ path }) => ({ path, first: undefined, values: 0 }));
  }

  see(values: Values): void {
    if (this.watched.some((each) => hasMoved(each, values))) {
      this.watched = this.watched.filter((each) => !hasMoved(each, values));
    }
    for (const each of this.watched) {
      const value = valueAt(values, each.path);
      if (value === undefined) continue;
      each.first ??= value;
      each.values += 1;
    }
  }

  /** Those that stood still from the first record to the last. */
  flat(): readonly { metric: string; value: string; values: number }[] {
    return this.watched
      .filter(({ values }) => values >= enoughValues)
      .map(({ path, first, values }) => ({ metric: path.join('.'), value: JSON.stringify(first), values }));
  }
}

function hasMoved({ path, first }: Watched, values: Values): boolean {
  const value = valueAt(values, path);
  return first !== undefined && value !== undefined && !isEqual(first, value);
}

/** Numbers, and lists of them; NaN is another defect, not a standstill. */
function isEqual(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((item, index) => isEqual(item, b[index]));
}
