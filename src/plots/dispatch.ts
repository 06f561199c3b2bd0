import type { Analysis } from '../source/analysis.js';
import type { Module } from '../source/program.js';
import type { Expression, If, Match, Pattern, Statement } from '../source/syntax/tree.js';
import { blocksOf, expressionsIn } from '../source/syntax/walk.js';
import type { Charts, Drawing } from './charts.js';
import { listOf } from './lists.js';
import { hole } from './plot-text.js';
import { isHarmless, isRefusal, leaves } from './refusals.js';
import { pathOf, withoutValue, type Scope } from './scopes.js';
import { findTables } from './tables.js';
import { textOf } from './texts.js';

/** One plot type that is told apart from others, and what is done for it. */
export interface Arm {
  text: string;
  module: Module;
  at: number;
  drawing: Drawing;
}

/** A place where plot types are told apart. */
export interface Dispatch {
  /** What is compared or looked up; several where a table is used at several places. */
  subjects: readonly { module: Module; expression: Expression }[];
  arms: readonly Arm[];
  /** It may draw what no arm names: why. */
  open?: string;
  /** What no arm names raises, or is told to the user. */
  strict: boolean;
}

/** The chains of comparisons, `match` statements and tables of functions in what may draw. */
export function findDispatches(analysis: Analysis, charts: Charts, scopes: readonly Scope[]): Dispatch[] {
  const drawing = scopes.filter(({ body }) => charts.mayBeDrawnBy(body));
  const chains = drawing.flatMap(({ module, body }) => chainsIn(analysis, module, body));
  return [...chains, ...findTables(analysis, charts, { all: scopes, drawing })];
}

function* blocks(statements: readonly Statement[]): Generator<readonly Statement[]> {
  yield statements;
  for (const statement of statements) {
    if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') continue;
    for (const block of blocksOf(statement)) yield* blocks(block);
  }
}

function chainsIn(analysis: Analysis, module: Module, body: readonly Statement[]): Dispatch[] {
  const found: Dispatch[] = [];
  const inner = new Set<Statement>();
  for (const block of blocks(body)) {
    for (let i = 0; i < block.length; i++) {
      const statement = block[i];
      if (statement === undefined || inner.has(statement)) continue;
      const chain =
        statement.kind === 'Match' ? ofMatch(analysis, module, statement) : ofIfs(analysis, module, block, i, inner);
      if (chain === undefined || chain.arms.length < 2) continue;
      found.push(chain);
    }
  }
  return found;
}

interface Test {
  subject: Expression;
  texts: readonly { text: string; at: number }[];
  /** It names more than its texts. */
  open?: string;
}

/** An `if` with its `elif`s, and those right after it about the same subject. */
function ofIfs(
  analysis: Analysis,
  module: Module,
  block: readonly Statement[],
  start: number,
  inner: Set<Statement>,
): Dispatch | undefined {
  const arms: Arm[] = [];
  let subject: Expression | undefined;
  let open: string | undefined;
  let strict = false;
  const bodies: (readonly Statement[])[] = [];
  let next = start;
  for (; next < block.length; next++) {
    let at: Statement | undefined = block[next];
    if (at?.kind !== 'If') break;
    const first = testOf(analysis, module, at.test);
    if (first === undefined || (subject !== undefined && pathOf(first.subject) !== pathOf(subject))) break;
    subject ??= first.subject;
    const name = pathOf(subject) ?? '';
    while (at?.kind === 'If') {
      inner.add(at);
      const { body, orelse, test: asked }: If = at;
      const test = testOf(analysis, module, asked);
      bodies.push(body);
      if (test !== undefined && pathOf(test.subject) === name) {
        for (const { text, at } of test.texts) arms.push({ text, module, at, drawing: { module, what: body } });
        open ??= test.open;
      } else if (mentions(asked, name)) open ??= 'a branch compares in a way that is not understood';
      if (orelse.length === 1 && orelse[0]?.kind === 'If') {
        at = orelse[0];
        continue;
      }
      if (orelse.length > 0) {
        if (isRefusal(orelse)) strict = true;
        else if (!isHarmless(orelse)) open ??= 'a branch is for everything else';
      }
      at = undefined;
    }
  }
  if (subject === undefined) return undefined;
  const rest = block.slice(next);
  if (bodies.every(leaves) && rest.length > 0) {
    if (isRefusal(rest)) strict = true;
    else if (!isHarmless(rest)) open ??= 'what follows is for everything else';
  }
  return { subjects: [{ module, expression: subject }], arms, strict, ...(open === undefined ? {} : { open }) };
}

/** `x == "a"`, `"a" == x`, `x in ("a", "b")`, `x.startswith("a")`, and `or` of such about the same subject. */
function testOf(analysis: Analysis, module: Module, test: Expression): Test | undefined {
  if (test.kind === 'BoolOp') {
    const sides = [testOf(analysis, module, test.left), testOf(analysis, module, test.right)];
    const [left, right] = sides;
    if (test.op === 'and') return left ?? right;
    if (left === undefined || right === undefined || pathOf(left.subject) !== pathOf(right.subject)) return undefined;
    return { ...left, ...right, texts: [...left.texts, ...right.texts] };
  }
  if (test.kind === 'Call') {
    const { callee, args } = test;
    const text = args[0] === undefined ? undefined : textOf(analysis, module, args[0].value);
    if (callee.kind !== 'Attribute' || text === undefined || pathOf(callee.object) === undefined) return undefined;
    const pattern = callee.name === 'startswith' ? text + hole : callee.name === 'endswith' ? hole + text : undefined;
    return pattern === undefined ? undefined : { subject: callee.object, texts: [{ text: pattern, at: test.at }] };
  }
  const [op, another] = test.kind === 'Compare' ? test.ops : [];
  const right = test.kind === 'Compare' ? test.comparators[0] : undefined;
  if (test.kind !== 'Compare' || right === undefined || another !== undefined) return undefined;
  if (op === '==' || op === 'is') {
    for (const [subject, value] of [[test.left, right] as const, [right, test.left] as const]) {
      const text = textOf(analysis, module, value);
      const name = pathOf(subject);
      if (text !== undefined && name !== undefined && textOf(analysis, module, subject) === undefined) {
        return { subject: withoutValue(subject), texts: [{ text, at: value.at }] };
      }
    }
    return undefined;
  }
  if (op !== 'in') return undefined;
  const contained = textOf(analysis, module, test.left);
  if (contained !== undefined && pathOf(right) !== undefined) {
    // `"Expert" in plot_type`; of a list of selected plots it is a question about one of them.
    return {
      subject: right,
      texts: [
        { text: contained, at: test.left.at },
        { text: hole + contained + hole, at: test.left.at },
      ],
    };
  }
  if (pathOf(test.left) === undefined) return undefined;
  const listed = listOf(analysis, module, right);
  return {
    subject: test.left,
    texts: listed.items.map(({ text }) => ({ text, at: right.at })),
    ...(listed.open === undefined ? {} : { open: 'a branch is for a list that is not understood' }),
  };
}

function ofMatch(analysis: Analysis, module: Module, { subject, cases }: Match): Dispatch | undefined {
  if (pathOf(subject) === undefined) return undefined;
  let open: string | undefined;
  let strict = false;
  const arms = cases.flatMap(({ pattern, guard, body }): Arm[] => {
    if (pattern.kind === 'MatchCapture') {
      if (isRefusal(body)) strict = true;
      else if (!isHarmless(body)) open ??= 'a case is for everything else';
      return [];
    }
    const values = valuesIn(pattern).map((value) => ({ value, text: textOf(analysis, module, value) }));
    if (guard !== undefined || values.length === 0 || values.some(({ text }) => text === undefined)) {
      open ??= 'a case is not understood';
    }
    return values.flatMap(({ value, text }) =>
      text === undefined ? [] : [{ text, module, at: value.at, drawing: { module, what: body } }],
    );
  });
  const expression = withoutValue(subject);
  return { subjects: [{ module, expression }], arms, strict, ...(open === undefined ? {} : { open }) };
}

function valuesIn(pattern: Pattern): Expression[] {
  if (pattern.kind === 'MatchValue') return [pattern.value];
  if (pattern.kind === 'MatchAs') return valuesIn(pattern.pattern);
  return pattern.kind === 'MatchOr' ? pattern.patterns.flatMap(valuesIn) : [];
}

function mentions(test: Expression, name: string): boolean {
  return expressionsIn(test).some((each) => pathOf(each) === name);
}
