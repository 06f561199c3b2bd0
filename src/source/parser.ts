import { fileURLToPath } from 'node:url';
import { Language, Parser, Query, type Node, type Tree } from '#tree-sitter';

/** dist/vendor lies two levels up both from src/source and from dist/source. */
const grammarFile = fileURLToPath(new URL('../../dist/vendor/tree-sitter-python.wasm', import.meta.url));

/**
 * The parser reports every hundredth step; 4 MB of honest code is below 9000 reports. A file made to be hostile
 * would otherwise take gigabytes.
 */
const mostReports = 10_000;

/** How long one file may take, in milliseconds; an honest one is below 1500. Ends queries that are quadratic in broken text. */
const deadlineMs = 8000;

const querySources = {
  imports: '[(import_statement) (import_from_statement) (future_import_statement)] @found',
  calledNames: '(call function: [(identifier) @found (attribute attribute: (identifier) @found)])',
  globals: '(global_statement (identifier) @found)',
  walrus: '(named_expression name: (identifier) @found)',
  identifiers: '(identifier) @found',
};

/** The file is too much to be parsed: not written by a person. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
}

/** A parser for Python and the queries we put to its trees. One file at a time. */
export interface PythonParser {
  /**
   * Parses and hands the tree to `use`; afterwards the tree is gone, for it lives in WebAssembly memory.
   * @throws TooMuch when the file takes more steps or time than any honest one, in `use` too.
   */
  withTree<T>(text: string, use: (tree: Tree) => T): T;
  /** Parses a short text, such as an annotation in quotes, while the tree of its file is still in use. */
  withInnerTree<T>(text: string, use: (root: Node) => T): T;
  /** The nodes that the query finds, in the order of the text. Only within `withTree`. */
  find(query: keyof typeof querySources, tree: Tree): Node[];
  /** Throws TooMuch once the time of this file is over: for loops that a hostile file could make long. */
  checkTime(): void;
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
  const queries = new Map(Object.entries(querySources).map(([name, source]) => [name, new Query(python, source)]));
  let deadline = 0;
  const isOver = (): boolean => performance.now() > deadline;
  const checkTime = (): void => {
    if (isOver()) throw new TooMuch('it takes too long to parse');
  };
  return {
    withTree(text, use) {
      deadline = performance.now() + deadlineMs;
      let reports = 0;
      const tree = parser.parse(text, null, { progressCallback: () => ++reports > mostReports || isOver() });
      if (tree === null) {
        parser.reset();
        throw new TooMuch('it holds more than a parser can take');
      }
      try {
        return use(tree);
      } finally {
        tree.delete();
      }
    },
    withInnerTree(text, use) {
      const tree = parser.parse(text);
      if (tree === null) throw new TooMuch('it holds more than a parser can take');
      try {
        return use(tree.rootNode);
      } finally {
        tree.delete();
      }
    },
    find(query, tree) {
      const captures = queries.get(query)?.captures(tree.rootNode, { progressCallback: isOver }) ?? [];
      checkTime();
      return captures.map(({ node }) => node);
    },
    checkTime,
  };
}
