import type { Position } from './config-error.js';

/**
 * Where a key stands in a TOML text, or the nearest one above it that stands there. The parser tells no positions, so
 * the lines are read: table headers, `key = …` and dotted keys. Keys inside an inline table get the line of the table.
 */
export function tomlPosition(text: string, path: readonly (string | number)[]): Position | undefined {
  let best: { depth: number; position: Position } | undefined;
  for (const { keys, position } of keyLines(text)) {
    const matches = keys.length <= path.length && keys.every((key, index) => key === path[index]);
    if (matches && keys.length > (best?.depth ?? 0)) best = { depth: keys.length, position };
  }
  return best?.position;
}

function* keyLines(text: string): Generator<{ keys: readonly (string | number)[]; position: Position }> {
  let table: readonly (string | number)[] = [];
  let openQuote: string | undefined;
  const seen = new Map<string, number>();
  for (const [index, line] of text.split('\n').entries()) {
    const inside = openQuote !== undefined;
    for (const quote of line.match(/"""|'''/g) ?? []) {
      if (openQuote === undefined) openQuote = quote;
      else if (openQuote === quote) openQuote = undefined;
    }
    if (inside) continue;
    const position = { line: index + 1, column: line.search(/\S/) + 1 };
    const header = /^\s*(\[\[?)([^\]]+)\]/.exec(line);
    const assignment = /^\s*((?:"[^"]*"|'[^']*'|[\w-]+|\s*\.\s*)+)\s*=/.exec(line);
    if (header?.[2] !== undefined) {
      const keys = splitKeys(header[2]);
      const name = keys.join('\0');
      const count = seen.get(name) ?? 0;
      seen.set(name, count + 1);
      table = header[1] === '[[' ? [...keys, count] : keys;
      yield { keys: table, position };
    } else if (assignment?.[1] !== undefined) {
      yield { keys: [...table, ...splitKeys(assignment[1])], position };
    }
  }
}

function splitKeys(dotted: string): readonly string[] {
  return [...dotted.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map((part) => part[1] ?? part[2] ?? part[3] ?? '');
}
