import type { Analysis } from '../source/analysis.js';
import { expressionsHeldBy, expressionsOf, literalText, statementsIn } from '../source/syntax/walk.js';

/** Where the literal texts of a repository stand. */
export interface TextUses {
  /** Compared with, matched, keys of a dict, looked up. */
  compared: ReadonlySet<string>;
  /** How often each stands anywhere, docstrings left out. */
  mentioned: ReadonlyMap<string, number>;
}

/** One walk over all files. */
export function textUsesIn({ program }: Analysis): TextUses {
  const compared = new Set<string>();
  const mentioned = new Map<string, number>();
  for (const path of program.paths) {
    for (const statement of statementsIn(program.module(path)?.syntax.body ?? [])) {
      if (statement.kind === 'Expr' && statement.value.kind === 'Constant') continue;
      for (const part of expressionsHeldBy([statement])) {
        const text = literalText(part);
        if (text !== undefined) mentioned.set(text, (mentioned.get(text) ?? 0) + 1);
        const candidates =
          part.kind === 'Compare'
            ? [part.left, ...part.comparators]
            : part.kind === 'Dict'
              ? part.entries.map(({ key }) => key)
              : part.kind === 'Subscript'
                ? [part.index]
                : [];
        for (const candidate of candidates) {
          const all = candidate === undefined ? [] : 'elements' in candidate ? candidate.elements : [candidate];
          for (const each of all)
            if (each.kind === 'Constant' && typeof each.value === 'string') compared.add(each.value);
        }
      }
      if (statement.kind !== 'Match') continue;
      for (const part of expressionsOf(statement))
        if (part.kind === 'Constant' && typeof part.value === 'string') compared.add(part.value);
    }
  }
  return { compared, mentioned };
}
