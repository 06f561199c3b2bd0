import { cleanLog } from './clean.js';
import { patternOf, type Signature, type SignatureClass, type Signatures } from './signatures.js';
import { findChains, type Chain } from './traceback.js';

/** A known failure that a log shows, however often. */
export interface RecognizedFailure {
  /** The signature's id. */
  signature: string;
  class: SignatureClass;
  cause: string;
  fix: string;
  /** The lines that matched the first time, at most 12. */
  lines: readonly string[];
  /** How many times it was seen. */
  count: number;
  sources: readonly string[];
}

interface Match {
  signature: Signature;
  class: SignatureClass;
  /** 0-based, half-open. */
  start: number;
  end: number;
  /** Characters. */
  length: number;
}

/**
 * The known failures that a log shows, in order of appearance, each once. Of a chain of exceptions the last one is
 * the diagnosis: where it is recognised, the ones before it are context, and where it is harmless, so is the chain.
 */
export function triage(log: readonly string[], signatures: Signatures): readonly RecognizedFailure[] {
  const lines = cleanLog(log);
  const matches = findMatches(lines, signatures);
  const found = new Map<string, RecognizedFailure>();
  for (const match of withoutContext(matches, findChains(lines))) {
    const { id, cause, fix, sources } = match.signature;
    const key = `${id} ${match.class}`;
    const before = found.get(key);
    if (before !== undefined) {
      found.set(key, { ...before, count: before.count + 1 });
      continue;
    }
    const shown = lines.slice(match.start, Math.min(match.end, match.start + 12));
    found.set(key, { signature: id, class: match.class, cause, fix, lines: shown, count: 1, sources });
  }
  return [...found.values()];
}

function findMatches(lines: readonly string[], signatures: Signatures): readonly Match[] {
  const text = lines.join('\n');
  const offsets = [0];
  for (const line of lines) offsets.push((offsets.at(-1) ?? 0) + line.length + 1);
  const matches = signatures.flatMap((signature) =>
    Array.from(text.matchAll(patternOf(signature)), (match): Match => {
      const start = lineAt(offsets, match.index);
      const end = lineAt(offsets, match.index + match[0].trimEnd().length - 1) + 1;
      return { signature, class: classOf(signature, match[0]), start, end, length: match[0].length };
    }),
  );
  return matches.sort((a, b) => a.start - b.start || b.length - a.length);
}

function classOf(signature: Signature, matched: string): SignatureClass {
  const { harmlessWhen } = signature;
  return harmlessWhen !== undefined && new RegExp(harmlessWhen).test(matched) ? 'benign' : signature.class;
}

function withoutContext(matches: readonly Match[], chains: readonly Chain[]): readonly Match[] {
  const benign = matches.filter((match) => match.class === 'benign');
  return matches.filter((match) => {
    if (match.class === 'benign') return true;
    if (benign.some((each) => each.start < match.end && match.start < each.end)) return false;
    const chain = chains.find((each) => match.start >= each.start && match.start <= each.raised);
    if (chain === undefined) return true;
    const diagnosis = matches.filter((each) => each.start >= chain.diagnosis && each.start <= chain.raised);
    return diagnosis.length === 0 || diagnosis.includes(match);
  });
}

/** The 0-based line that holds a character; `offsets` are where the lines start, ascending. */
function lineAt(offsets: readonly number[], index: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((offsets[middle] ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}
