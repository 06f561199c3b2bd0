/** What do the analyses of one run share, and which files do they look into? */
import { Program, type Module } from './program.js';
import type { SyntaxStore } from './store.js';
import { positionOf } from './syntax/tree.js';
import { Inference } from './values/inference.js';

/** What an analysis of a repository goes by. */
export interface Analysis {
  program: Program;
  inference: Inference;
  /** A line of a file as evidence, 1-based. */
  line(path: string, line: number): string | undefined;
}

/** The Python files of a repository, with the part that each plays, and the folder that absolute imports start from. */
export interface AnalysedFiles {
  files: readonly { path: string; role: string }[];
  /** Relative to the root. */
  sourceRoot: string;
}

const analyses = new WeakMap<SyntaxStore, Analysis>();

/**
 * The one program, and the one inference over it, that all analyses of a run share. Tests are left out: what they pass
 * around (mocks, broken objects) says nothing about the dashboard.
 */
export function analysisOf(store: SyntaxStore, { files, sourceRoot }: AnalysedFiles): Analysis {
  const known = analyses.get(store);
  if (known !== undefined) return known;
  const roots = [...new Set([sourceRoot, '.'])];
  const tests = files.filter(isTest).map(({ path }) => path);
  const program = new Program(analysedPaths(files), roots, (path) => store.syntax(path), tests);
  const analysis = { program, inference: new Inference(program), line: store.line.bind(store) };
  analyses.set(store, analysis);
  return analysis;
}

/** Where an offset of a file is, 1-based, with the line that stands there as evidence, without its indentation. */
export function evidenceAt(
  { line: lineOf }: Pick<Analysis, 'line'>,
  { path, syntax }: Module,
  at: number,
): { line: number; column: number; text: string } {
  const position = positionOf(syntax, at);
  return { ...position, text: (lineOf(path, position.line) ?? '').trim() };
}

/** The files that are looked into. */
export function analysedPaths(files: AnalysedFiles['files']): readonly string[] {
  return files.filter((file) => !isTest(file)).map(({ path }) => path);
}

function isTest({ role }: AnalysedFiles['files'][number]): boolean {
  return role === 'test';
}
