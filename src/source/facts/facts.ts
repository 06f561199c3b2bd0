/** What one file shows by itself, of what many ask for. */
import { namesOf } from '../names/names.js';
import { decodePython } from '../parsing/decode.js';
import type { Node, Tree } from '../parsing/node.js';
import { TooMuch, type PythonParser } from '../parsing/parser.js';
import { lowerModule } from '../syntax/lower.js';
import type { ModuleSyntax } from '../syntax/tree.js';
import type { FileFacts, NameSetOnModule } from '../types.js';
import { actsOnImport } from './acts.js';
import type { ModulePatterns } from './api-patterns.js';
import { apiUsesOf } from './api-uses.js';
import { callsOf } from './calls.js';
import { importsOf } from './imports.js';
import { moduleLevelOf } from './module-level.js';
import { setOnModules } from './set-on-modules.js';

/** Larger files are data, not a dashboard's code. */
export const largestFileBytes = 4 * 1024 * 1024;

/** What the facts say of a file that could not be looked into. */
export function factsOfProblem(path: string, problem: NonNullable<FileFacts['problem']>): FileFacts {
  return {
    path,
    problem,
    hasSyntaxErrors: false,
    imports: [],
    definitions: [],
    definesDynamically: false,
    calls: [],
    hasMainGuard: false,
  };
}

/** What is asked of every file. */
export interface Asked {
  /** Last names of the calls to collect: `from_pretrained`. */
  callees: ReadonlySet<string>;
  /** Outside APIs whose uses to collect, compiled, by module. */
  apis: ReadonlyMap<string, ModulePatterns>;
}

/** What one parse of a file gives. */
export interface Reading {
  facts: FileFacts;
  /** Absent when the facts name a problem. */
  syntax?: ModuleSyntax;
}

/** Reads one Python file. Never throws for what is in the file; whatever cannot be read becomes a `problem`. */
export function readPython(parser: PythonParser, path: string, bytes: Uint8Array, asked: Asked): Reading {
  const problem = (problem: NonNullable<FileFacts['problem']>): Reading => ({ facts: factsOfProblem(path, problem) });
  if (bytes.length > largestFileBytes) return problem(tooLarge(bytes.length));
  const decoded = decodePython(bytes);
  if ('problem' in decoded) return problem(decoded.problem);
  try {
    const tree = parser.parse(decoded.text);
    const syntax = lowerModule(tree, parser.parsePart, parser.checkTime);
    return { facts: factsOfModule(path, tree, syntax, asked, parser.checkTime), syntax };
  } catch (error) {
    if (error instanceof TooMuch) return problem({ kind: 'too-large', message: error.message });
    throw error;
  }
}

/** The facts alone. */
export function factsOf(
  parser: PythonParser,
  path: string,
  bytes: Uint8Array,
  callees: ReadonlySet<string>,
  apis: ReadonlyMap<string, ModulePatterns> = new Map(),
): FileFacts {
  return readPython(parser, path, bytes, { callees, apis }).facts;
}

/** The problem of a file beyond the limit, so that its size alone is enough to tell. */
export function tooLarge(bytes: number): NonNullable<FileFacts['problem']> {
  const megabytes = (bytes / 1024 / 1024).toFixed(1);
  return { kind: 'too-large', message: `it has ${megabytes} MB, too much to be read as a dashboard's code` };
}

/** What makes no sense, or the place of a token that the grammar thinks is missing. */
function isWrong({ type, startIndex, endIndex, children }: Node): boolean {
  return (
    type === 'ERROR' || (startIndex === endIndex && children.length === 0 && type !== 'block' && type !== 'module')
  );
}

function syntaxErrorLine({ hasError, nodes }: Tree): { syntaxErrorLine?: number } {
  const first = hasError ? nodes.find(isWrong) : undefined;
  return first === undefined ? {} : { syntaxErrorLine: first.position.line };
}

function factsOfModule(
  path: string,
  tree: Tree,
  syntax: ModuleSyntax,
  { callees, apis }: Asked,
  checkTime: () => void,
): FileFacts {
  const { text } = tree;
  const names = () => namesOf(syntax);
  const { definitions, calls, hasMainGuard } = moduleLevelOf(syntax, text);
  const setOn = setOnModules(syntax, text);
  const { apiUses, apiShims } = apiUsesOf(syntax, text, apis, names, checkTime);
  return {
    path,
    hasSyntaxErrors: tree.hasError,
    ...syntaxErrorLine(tree),
    imports: importsOf(syntax),
    definitions: [...definitions].sort(),
    definesDynamically: syntax.hiddenNames !== undefined || setOn.some((set) => isSetOnItself(path, set)),
    calls: callsOf(syntax, text, callees, names),
    ...(actsOnImport(syntax) ? { actsOnImport: true as const } : {}),
    hasMainGuard,
    ...(calls.size === 0 ? {} : { topLevelCalls: [...calls].sort() }),
    ...(apiUses.length === 0 ? {} : { apiUses }),
    ...(apiShims.length === 0 ? {} : { apiShims }),
    ...(setOn.length === 0 ? {} : { setOnModules: setOn }),
  };
}

/** `from numpy import dtypes; setattr(dtypes, name, …)` in dtypes.py: a module that reaches itself by its name. */
function isSetOnItself(path: string, { module, name }: NameSetOnModule): boolean {
  const stem = path.slice(path.lastIndexOf('/') + 1, -'.py'.length);
  return name === '*' && module.slice(module.lastIndexOf('.') + 1) === stem;
}
