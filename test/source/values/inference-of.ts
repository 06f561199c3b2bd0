import { Program } from '../../../src/source/program.js';
import { loadPythonParser } from '../../../src/source/parsing/parser.js';
import { syntaxOf } from '../../../src/source/syntax/read.js';
import { Inference } from '../../../src/source/values/inference.js';

/** Path → Python text; a lone text is app.py. */
export type Sources = string | Readonly<Record<string, string>>;

/** The inference over a repository that is given by its texts. */
export async function inferenceOf(sources: Sources): Promise<Inference> {
  const files = typeof sources === 'string' ? { 'app.py': sources } : sources;
  const parser = await loadPythonParser();
  const syntax = new Map(Object.entries(files).map(([path, text]) => [path, syntaxOf(parser, text)]));
  return new Inference(new Program(Object.keys(files), ['.'], (path) => syntax.get(path)));
}
