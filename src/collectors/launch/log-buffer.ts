/** Lines kept from the start and from the end of a log: what lies between says the same over and over. */
const keptFirst = 2000;
const keptLast = 3000;

/** A log of any length in bounded memory. */
export class LogBuffer {
  readonly #first: string[] = [];
  #last: string[] = [];

  add(line: string): void {
    if (this.#first.length < keptFirst) this.#first.push(line);
    else this.#last.push(line);
    if (this.#last.length > 2 * keptLast) this.#last = this.#last.slice(-keptLast);
  }

  lines(): readonly string[] {
    return [...this.#first, ...this.#last.slice(-keptLast)];
  }
}

/** The first and the last 200 lines, and between them how many were left out. */
export function excerpt(lines: readonly string[], each = 200): readonly string[] {
  if (lines.length <= 2 * each) return lines;
  return [...lines.slice(0, each), `… ${lines.length - 2 * each} lines left out …`, ...lines.slice(-each)];
}
