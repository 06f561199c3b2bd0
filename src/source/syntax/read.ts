import type { PythonParser } from '../parsing/parser.js';
import { lowerModule } from './lower.js';
import type { ModuleSyntax } from './tree.js';

/**
 * The syntax of a decoded Python text.
 * @throws TooMuch when the file takes more steps or time than any honest one.
 */
export function syntaxOf(parser: PythonParser, text: string): ModuleSyntax {
  return lowerModule(parser.parse(text), parser.parsePart, parser.checkTime);
}
