import { fileURLToPath } from 'node:url';
import { Language, Parser, Query, type Tree } from '#tree-sitter';

/** dist/vendor lies two levels up both from src/source and from dist/source. */
const grammarFile = fileURLToPath(new URL('../../dist/vendor/tree-sitter-python.wasm', import.meta.url));

/** How long one file may take to parse, in milliseconds: a hundred times what an honest file of the largest size takes. */
const parseDeadlineMs = 10_000;

/** A parser for Python and the queries we put to its trees, compiled once. */
export interface PythonParser {
  /** The caller deletes the tree: it lives in WebAssembly memory. Absent when the deadline was over first. */
  parse(text: string): Tree | undefined;
  queries: { imports: Query; calls: Query; globals: Query; walrus: Query; names: Query };
}

let loading: Promise<PythonParser> | undefined;

/** Loads the grammar on first use, about 15 ms; later calls give the same parser. */
export function loadPythonParser(): Promise<PythonParser> {
  loading ??= load();
  return loading;
}

async function load(): Promise<PythonParser> {
  await Parser.init();
  const python = await Language.load(grammarFile);
  const parser = new Parser().setLanguage(python);
  return {
    parse(text) {
      const start = performance.now();
      const progressCallback = (): boolean => performance.now() - start > parseDeadlineMs;
      const tree = parser.parse(text, null, { progressCallback });
      if (tree === null) parser.reset();
      return tree ?? undefined;
    },
    queries: {
      imports: new Query(python, '[(import_statement) (import_from_statement) (future_import_statement)] @statement'),
      calls: new Query(python, '(call function: [(identifier) @name (attribute attribute: (identifier) @name)])'),
      globals: new Query(python, '(global_statement (identifier) @name)'),
      walrus: new Query(python, '(named_expression name: (identifier) @name)'),
      names: new Query(python, '(identifier) @name'),
    },
  };
}
