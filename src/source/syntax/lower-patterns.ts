import type { Node } from '../parsing/node.js';
import { nested, partsOf, type Lowering } from './lowering.js';
import type { Expression, Pattern } from './tree.js';

/** `case 1, y:` has several patterns. */
export function casePattern(clause: Node, lowering: Lowering): Pattern {
  const patterns = partsOf(clause)
    .filter(({ type }) => type === 'case_pattern')
    .map((part) => patternOf(part, lowering));
  const [only] = patterns;
  if (patterns.length === 1 && only !== undefined && only.kind !== 'MatchStar') return only;
  return { kind: 'MatchSequence', at: clause.startIndex, patterns };
}

/** Lowers one pattern of a `case`. */
function patternOf(node: Node, lowering: Lowering): Pattern {
  return nested(
    lowering,
    () => byType(node, lowering),
    () => ({ kind: 'MatchCapture', at: node.startIndex }),
  );
}

function byType(node: Node, lowering: Lowering): Pattern {
  const at = node.startIndex;
  const parts = partsOf(node);
  const [first] = parts;
  switch (node.type) {
    case 'case_pattern':
      return first === undefined || node.children.length > 1 ? bare(node, first, lowering) : patternOf(first, lowering);
    case 'as_pattern': {
      const name = node.childForFieldName('alias')?.text ?? parts.at(-1)?.text ?? '';
      return {
        kind: 'MatchAs',
        at,
        pattern: first === undefined ? { kind: 'MatchCapture', at } : patternOf(first, lowering),
        name,
      };
    }
    case 'union_pattern':
      return { kind: 'MatchOr', at, patterns: parts.map((part) => patternOf(part, lowering)) };
    case 'list_pattern':
    case 'tuple_pattern': {
      const isGroup =
        node.type === 'tuple_pattern' && parts.length === 1 && !node.children.some(({ type }) => type === ',');
      if (isGroup && first !== undefined) return patternOf(first, lowering);
      return { kind: 'MatchSequence', at, patterns: parts.map((part) => patternOf(part, lowering)) };
    }
    case 'splat_pattern': {
      const name = first?.text;
      return { kind: 'MatchStar', at, ...(name === undefined || name === '_' ? {} : { name }) };
    }
    case 'dict_pattern':
      return mapping(node, lowering);
    case 'class_pattern':
      return classPattern(node, lowering);
    case 'dotted_name':
      return parts.length > 1 ? { kind: 'MatchValue', at, value: dotted(node) } : capture(at, node.text);
    case 'identifier':
      return capture(at, node.text);
    default:
      return { kind: 'MatchValue', at, value: lowering.expression(node) };
  }
}

function capture(at: number, name: string): Pattern {
  return { kind: 'MatchCapture', at, ...(name === '_' ? {} : { name }) };
}

/** `_`, and `-1`, whose sign the grammar leaves beside the number. */
function bare(node: Node, number: Node | undefined, lowering: Lowering): Pattern {
  const at = node.startIndex;
  if (number === undefined) return { kind: 'MatchCapture', at };
  return { kind: 'MatchValue', at, value: { kind: 'UnaryOp', at, op: '-', operand: lowering.expression(number) } };
}

function mapping(node: Node, lowering: Lowering): Pattern {
  const keys = node.childrenForFieldName('key').filter(({ isNamed }) => isNamed);
  const values = node.childrenForFieldName('value');
  const rest = node.namedChildren.find(({ type }) => type === 'splat_pattern')?.namedChild(0)?.text;
  return {
    kind: 'MatchMapping',
    at: node.startIndex,
    entries: keys.flatMap((key, index) => {
      const value = values[index];
      const keyed = key.type === 'dotted_name' ? dotted(key) : lowering.expression(key);
      return value === undefined ? [] : [{ key: keyed, pattern: patternOf(value, lowering) }];
    }),
    ...(rest === undefined ? {} : { rest }),
  };
}

function classPattern(node: Node, lowering: Lowering): Pattern {
  const [name, ...given] = partsOf(node);
  const patterns: Pattern[] = [];
  const keywords: string[] = [];
  for (const part of given) {
    const keyword = part.namedChild(0)?.type === 'keyword_pattern' ? part.namedChild(0) : null;
    const [key, value] = keyword === null ? [] : partsOf(keyword);
    if (key !== undefined) keywords.push(key.text);
    const pattern = keyword === null ? part : value;
    if (pattern !== undefined) patterns.push(patternOf(pattern, lowering));
  }
  const at = node.startIndex;
  return {
    kind: 'MatchClass',
    at,
    class: name === undefined ? lowering.expression(null) : dotted(name),
    patterns,
    keywords,
  };
}

/** `a.b.c` as the attributes it means. */
function dotted(node: Node): Expression {
  const [first, ...rest] = partsOf(node);
  const at = node.startIndex;
  return rest.reduce<Expression>(
    (object, part) => ({ kind: 'Attribute', at, object, name: part.text, nameAt: part.startIndex }),
    { kind: 'Name', at, id: first?.text ?? node.text },
  );
}
