import type { Values } from '../record.js';
import type { Batches, Damage, Row } from '../source.js';
import { damageIn, linesOf, type LineBlock } from './lines.js';

/** A file of one JSON object a line, in batches; what does not parse is damage. */
export async function* readJsonl(file: string, signal?: AbortSignal): Batches {
  for await (const block of linesOf(file, signal)) yield { file, ...rowsIn(file, block) };
}

function rowsIn(file: string, block: LineBlock): { rows: readonly Row[]; damages: readonly Damage[] } {
  if (block.damage !== undefined) return { rows: [], damages: [damageIn(file, block, 0, block.damage)] };
  const rows: Row[] = [];
  const damages: Damage[] = [];
  const { lines, firstLine } = block;
  for (let index = 0; index < lines.length; index++) {
    const text = lines[index] ?? '';
    if (text === '' || text.trim() === '') continue;
    const values = parseRecord(text);
    if (typeof values === 'object') rows.push({ values, line: firstLine + index });
    else damages.push(damageIn(file, block, index, values));
  }
  return { rows, damages };
}

/** The values in a line, or what is wrong with it. */
export function parseRecord(text: string): Values | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    try {
      value = parseWithNonFinite(text);
    } catch {
      return 'not one whole JSON object';
    }
  }
  return isObject(value) ? value : `not a JSON object but ${Array.isArray(value) ? 'a list' : String(value)}`;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** NaN, Infinity and -Infinity outside of a text: Python's json module writes them, JSON has no such thing. */
const nonFinite = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;
const mark = '\u0000';

function parseWithNonFinite(text: string): unknown {
  const marked = text.replaceAll(nonFinite, (found) => (found.startsWith('"') ? found : `"\\u0000${found}"`));
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? Number(value.slice(1)) : value,
  );
}
