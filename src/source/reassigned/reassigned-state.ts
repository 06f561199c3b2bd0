/** Which containers are emptied before anybody has read them? */
import { evidenceAt, type Analysis } from '../analysis.js';
import { namesOf, type Names } from '../names/names.js';
import { isLocal, qualifiedName, runningScope, type Scope } from '../names/scope.js';
import type { Module } from '../program.js';
import type { Statement, Try } from '../syntax/tree.js';
import { blocksOf, statementsIn } from '../syntax/walk.js';
import type { Line } from '../unbound/facts.js';
import { displayed, emptied, fill, mentioned } from './container-statements.js';

/** A dict, list or set that is emptied before anybody has read what it was filled with, or declared for. */
export interface ReassignedState extends Line {
  code: 'emptied-after-fill' | 'declared-twice';
  /** Relative to the root. */
  file: string;
  /** 1-based. */
  column: number;
  name: string;
  /** Function or class in which it happens: `Controller.get_metrics`. Absent at the top of a module. */
  within?: string;
  /** Where it was declared first. */
  first: Line;
  /** What is lost: at most five of the statements that filled it. */
  fills: readonly Line[];
}

/** Every container of the given files that is emptied unread, whichever way the code takes. */
export function reassignedState(analysis: Analysis, files: Iterable<string>): ReassignedState[] {
  const found: ReassignedState[] = [];
  for (const path of files) {
    const module = analysis.program.module(path);
    if (module === undefined || module.syntax.hasSyntaxErrors) continue;
    const lineOf = (at: number) => evidenceAt(analysis, module, at);
    for (const { name, scope, first, fills, again } of emptiedIn(module)) {
      const within = qualifiedName(scope);
      found.push({
        code: fills.length > 0 ? 'emptied-after-fill' : 'declared-twice',
        file: path,
        ...lineOf(again.at),
        name,
        ...(within === undefined ? {} : { within }),
        first: withoutColumn(lineOf(first.at)),
        fills: fills.slice(0, 5).map(({ at }) => withoutColumn(lineOf(at))),
      });
    }
  }
  return found;
}

function withoutColumn({ line, text }: Line): Line {
  return { line, text };
}

interface Emptied {
  name: string;
  scope: Scope;
  first: Statement;
  fills: readonly Statement[];
  again: Statement;
  /** The outermost `try` around. */
  attempt: Try | undefined;
}

function* emptiedIn(module: Module): Generator<Emptied> {
  const names = namesOf(module.syntax);
  const seenFromInside = namesReadFromInside(names);
  for (const scope of names.all) {
    const { node } = scope;
    if (scope.kind === 'lambda' || !('body' in node) || 'kind' in node.body) continue;
    if (scope.reads.some(({ id }) => showsNames.test(id))) continue;
    const isOwn = (name: string): boolean => isLocal(scope, name) && seenFromInside.get(scope)?.has(name) !== true;
    for (const each of inBlock(node.body, scope, isOwn)) {
      if (each.attempt === undefined || !isMentionedOutside(each.attempt, each.name, node.body)) yield each;
    }
  }
}

/** Functions that hand out all names of the scope that calls them. */
const showsNames = /^(?:locals|vars|globals|exec|eval|dir)$/;

/** What was bound in a `try` before it raised may be read after it. */
function isMentionedOutside(attempt: Try, name: string, block: readonly Statement[]): boolean {
  return block.some((statement) => {
    if (statement === attempt) return false;
    for (const each of mentioned(statement)) if (each === name) return true;
    return blocksOf(statement).some((inner) => isMentionedOutside(attempt, name, inner));
  });
}

/** Names of each scope that functions inside of it read or bind: they may do so at any time. */
function namesReadFromInside(names: Names): ReadonlyMap<Scope, ReadonlySet<string>> {
  const found = new Map<Scope, Set<string>>();
  for (const scope of names.all) {
    const foreign = [...scope.globals, ...scope.nonlocals];
    for (const id of [...scope.reads.map((read) => read.id), ...foreign]) {
      const owner = scope.globals.has(id) ? names.module : names.resolve(id, scope);
      if (owner === undefined || owner === runningScope(scope)) continue;
      const known = found.get(owner) ?? new Set();
      found.set(owner, known.add(id));
    }
  }
  return found;
}

interface Declared {
  first: Statement;
  fills: Statement[];
}

/** Follows one block: what stands in it runs one after the other, or not at all. */
function* inBlock(
  block: readonly Statement[],
  scope: Scope,
  isOwn: (name: string) => boolean,
  watched: ReadonlySet<string> = new Set(),
  attempt?: Try,
): Generator<Emptied> {
  const open = new Map<string, Declared>();
  for (const statement of block) {
    const again = emptied(statement);
    if (open.size > 0) follow(statement, open, again);
    const name = again ?? displayed(statement);
    if (name !== undefined && isOwn(name) && !watched.has(name)) {
      const before = open.get(name);
      // What a display begins with may be a default that somebody thought better of.
      const isLost = before !== undefined && (before.fills.length > 0 || emptied(before.first) !== undefined);
      if (again !== undefined && isLost) yield { name, scope, ...before, again: statement, attempt };
      open.set(name, { first: statement, fills: [] });
    }
    if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') continue;
    const [body = [], ...others] = blocksOf(statement);
    if (statement.kind === 'Try') {
      yield* inBlock(body, scope, isOwn, new Set([...watched, ...namesIn(others)]), attempt ?? statement);
    } else yield* inBlock(body, scope, isOwn, watched, attempt);
    for (const inner of others) yield* inBlock(inner, scope, isOwn, watched, attempt);
  }
}

/** Takes note of what a statement fills, and forgets what it does anything else with. */
function follow(statement: Statement, open: Map<string, Declared>, isEmptying: string | undefined): void {
  const isLoop = statement.kind === 'For' || statement.kind === 'While';
  for (const each of runWith(statement)) {
    // Out of the loop around, or into a pattern.
    if (((each.kind === 'Break' || each.kind === 'Continue') && !isLoop) || each.kind === 'Match') return open.clear();
    const filled = fill(each);
    for (const name of new Set(mentioned(each))) {
      if (each === statement && name === isEmptying) continue;
      const declared = open.get(name);
      if (declared === undefined) continue;
      if (name === filled) declared.fills.push(each);
      else open.delete(name);
    }
  }
}

/** A statement and those inside of it, but for what functions and classes hold. */
function* runWith(statement: Statement): Generator<Statement> {
  yield statement;
  if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') return;
  for (const block of blocksOf(statement)) for (const inner of block) yield* runWith(inner);
}

function namesIn(blocks: readonly (readonly Statement[])[]): Set<string> {
  const names = new Set<string>();
  for (const block of blocks) {
    for (const statement of statementsIn(block)) for (const name of mentioned(statement)) names.add(name);
  }
  return names;
}
