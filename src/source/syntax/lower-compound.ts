import type { Node } from '../parsing/node.js';
import { casePattern } from './lower-patterns.js';
import { deepest, partsOf, type Lowering } from './lowering.js';
import type { ExceptHandler, Expression, For, If, Match, MatchCase, Statement, Try, While, With } from './tree.js';

function condition(node: Node, lowering: Lowering): Expression {
  return lowering.expression(node.childForFieldName('condition'));
}

export function whileStatement(node: Node, lowering: Lowering): While {
  return { kind: 'While', at: node.startIndex, test: condition(node, lowering), ...loopBlocks(node, lowering) };
}

export function forStatement(node: Node, lowering: Lowering): For {
  const target = lowering.expression(node.childForFieldName('left'));
  const iterable = lowering.expression(node.childForFieldName('right'));
  return { kind: 'For', at: node.startIndex, target, iterable, ...loopBlocks(node, lowering) };
}

function loopBlocks(node: Node, lowering: Lowering): Pick<For, 'body' | 'orelse'> {
  const orelse = node.childForFieldName('alternative')?.childForFieldName('body') ?? null;
  return { body: lowering.block(node.childForFieldName('body')), orelse: lowering.block(orelse) };
}

/** The grammar lists `elif`s flat; a long chain must not become a deep tree before it has to, so it is built from its end. */
export function ifStatement(node: Node, lowering: Lowering): If {
  let orelse: Statement[] = [];
  const alternatives = node.childrenForFieldName('alternative');
  if (alternatives.length > deepest) lowering.sawUnknown = true;
  for (const part of alternatives.slice(0, deepest).toReversed()) {
    orelse =
      part.type === 'else_clause' ? lowering.block(part.childForFieldName('body')) : [ifBranch(part, orelse, lowering)];
  }
  return ifBranch(node, orelse, lowering);
}

function ifBranch(node: Node, orelse: readonly Statement[], lowering: Lowering): If {
  const body = lowering.block(node.childForFieldName('consequence'));
  return { kind: 'If', at: node.startIndex, test: condition(node, lowering), body, orelse };
}

export function tryStatement(node: Node, lowering: Lowering): Try {
  const clauses = partsOf(node);
  const bodyOf = (type: string): Statement[] => {
    const clause = clauses.find((each) => each.type === type);
    return clause === undefined ? [] : lowering.block(clause.childForFieldName('body') ?? lastBlock(clause));
  };
  return {
    kind: 'Try',
    at: node.startIndex,
    body: lowering.block(node.childForFieldName('body')),
    handlers: clauses.filter(({ type }) => type === 'except_clause').map((clause) => handlerOf(clause, lowering)),
    orelse: bodyOf('else_clause'),
    finalbody: bodyOf('finally_clause'),
  };
}

function lastBlock(clause: Node): Node | null {
  return clause.namedChildren.findLast(({ type }) => type === 'block') ?? null;
}

/** `except A as e`, which this grammar reads as a pattern, or gives an alias of its own. */
function handlerOf(clause: Node, lowering: Lowering): ExceptHandler {
  const value = clause.childForFieldName('value');
  const isPattern = value?.type === 'as_pattern';
  const caught = isPattern ? value.namedChild(0) : value;
  const name = clause.childForFieldName('alias') ?? (isPattern ? value.childForFieldName('alias') : null);
  return {
    at: clause.startIndex,
    ...(caught === null ? {} : { type: lowering.expression(caught) }),
    ...(name === null ? {} : { name: name.text }),
    body: lowering.block(lastBlock(clause)),
  };
}

export function withStatement(node: Node, lowering: Lowering): With {
  const clause = node.namedChildren.find(({ type }) => type === 'with_clause');
  const items = (clause === undefined ? [] : partsOf(clause)).flatMap((item) => {
    const value = item.childForFieldName('value');
    const target = value?.type === 'as_pattern' ? value.childForFieldName('alias')?.namedChild(0) : undefined;
    const context = lowering.expression(target ? (value?.namedChild(0) ?? null) : value);
    return [{ context, ...(target ? { target: lowering.expression(target) } : {}) }];
  });
  return { kind: 'With', at: node.startIndex, items, body: lowering.block(node.childForFieldName('body')) };
}

export function matchStatement(node: Node, lowering: Lowering): Match {
  const subjects = node.childrenForFieldName('subject').map((subject) => lowering.expression(subject));
  const [first] = subjects;
  const at = node.startIndex;
  const clauses = node.childForFieldName('body')?.namedChildren.filter(({ type }) => type === 'case_clause') ?? [];
  return {
    kind: 'Match',
    at,
    subject: subjects.length === 1 && first !== undefined ? first : { kind: 'Tuple', at, elements: subjects },
    cases: clauses.map((clause): MatchCase => {
      const guard = clause.childForFieldName('guard')?.namedChild(0);
      return {
        at: clause.startIndex,
        pattern: casePattern(clause, lowering),
        ...(guard ? { guard: lowering.expression(guard) } : {}),
        body: lowering.block(clause.childForFieldName('consequence')),
      };
    }),
  };
}
