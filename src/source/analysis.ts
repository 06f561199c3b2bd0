import { Program } from './program.js';
import type { SyntaxStore } from './store.js';
import { Inference } from './values/inference.js';

/** What an analysis of a repository goes by. */
export interface Analysis {
  program: Program;
  inference: Inference;
  /** A line of a file as evidence, 1-based. */
  line(path: string, line: number): string | undefined;
}

const analyses = new WeakMap<SyntaxStore, Analysis>();

/**
 * The one program, and the one inference over it, that all analyses of a run share. Tests are left out: what they pass
 * around (mocks, broken objects) says nothing about the dashboard.
 * @param files with the part that each plays.
 * @param sourceRoot folder that absolute imports start from.
 */
export function analysisOf(
  store: SyntaxStore,
  { files, sourceRoot }: { files: readonly { path: string; role: string }[]; sourceRoot: string },
): Analysis {
  const known = analyses.get(store);
  if (known !== undefined) return known;
  const pathsOf = (isTest: boolean) => files.filter(({ role }) => (role === 'test') === isTest).map(({ path }) => path);
  const roots = [...new Set([sourceRoot, '.'])];
  const program = new Program(pathsOf(false), roots, (path) => store.syntax(path), pathsOf(true));
  const analysis = { program, inference: new Inference(program), line: store.line.bind(store) };
  analyses.set(store, analysis);
  return analysis;
}
