/** What tree does the grammar make of a text, in bounded steps and time? */
import { Language, Parser } from '#tree-sitter';
import { packageFile } from '../../util/package-root.js';
import { copier } from './copy-tree.js';
import { isPython, withoutGaps } from './grammar-gaps.js';
import type { Tree } from './node.js';

const grammarFile = packageFile('dist/vendor/tree-sitter-python.wasm');

/**
 * The parser reports every hundredth step; 4 MB of honest code is below 9000 reports. A file made to be hostile
 * would otherwise take gigabytes.
 */
const mostReports = 10_000;

/** How long one file may take, in milliseconds; an honest one is below 1500. Ends what is quadratic in broken text. */
const deadlineMs = 8000;

/** The file is too much to be parsed: not written by a person. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
}

/** A parser for Python. One file at a time. */
export interface PythonParser {
  /**
   * Parses a file.
   * @throws TooMuch when the file takes more steps or time than any honest one.
   */
  parse(text: string): Tree;
  /** Parses a short text of the same file, such as an annotation in quotes. */
  parsePart(text: string): Tree;
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
  await Parser.init({ locateFile: (name: string) => packageFile(`dist/vendor/${name}`) });
  const python = await Language.load(grammarFile);
  const parser = new Parser().setLanguage(python);
  const copy = copier(python);
  let deadline = 0;
  let reports = 0;
  const isOver = (): boolean => performance.now() > deadline;
  const checkTime = (): void => {
    if (isOver()) throw new TooMuch('it takes too long to parse');
  };
  /** A tree of `text`, which the grammar sees as another text of the same length. */
  const parseAs = (text: string, seen: string): Tree => {
    const tree = parser.parse(seen, null, { progressCallback: () => ++reports > mostReports || isOver() });
    if (tree === null) {
      parser.reset();
      throw new TooMuch('it holds more than a parser can take');
    }
    try {
      return copy(tree, text, checkTime);
    } finally {
      tree.delete();
    }
  };
  const parsePart = (text: string): Tree => parseAs(text, text);
  return {
    parse(text) {
      deadline = performance.now() + deadlineMs;
      reports = 0;
      const tree = parsePart(text);
      const seen = tree.hasError ? withoutGaps(text) : text;
      if (seen === text) return tree;
      const other = parseAs(text, seen);
      return isPython(other) ? other : tree;
    },
    parsePart,
    checkTime,
  };
}
