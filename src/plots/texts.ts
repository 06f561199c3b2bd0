import type { Analysis } from '../source/analysis.js';
import type { Module } from '../source/program.js';
import type { Expression } from '../source/syntax/tree.js';
import { isEnum } from '../source/values/attributes.js';
import type { ClassValue, Value } from '../source/values/values.js';
import { classInfoOf } from '../source/values/class-info.js';
import { hole } from './plot-text.js';

const deepest = 8;

/**
 * The text that an expression is, with `{}` for what is filled in at run time; of the member of an enum its value, or
 * `Class.MEMBER` where that is no text. Undefined when nothing of it is certain.
 */
export function textOf(analysis: Analysis, module: Module, expression: Expression, depth = 0): string | undefined {
  if (depth > deepest) return undefined;
  const part = (inner: Expression) => textOf(analysis, module, inner, depth + 1);
  switch (expression.kind) {
    case 'Constant':
      return typeof expression.value === 'string' ? expression.value : undefined;
    case 'JoinedStr':
      return expression.parts.map((each) => (typeof each === 'string' ? each : (part(each) ?? hole))).join('');
    case 'BinOp': {
      if (expression.op !== '+') return undefined;
      const [left, right] = [part(expression.left), part(expression.right)];
      return left === undefined && right === undefined ? undefined : `${left ?? hole}${right ?? hole}`;
    }
    case 'Call': {
      const { callee } = expression;
      const format = callee.kind === 'Attribute' && callee.name === 'format' ? part(callee.object) : undefined;
      return format?.replaceAll(/\{[^{}]*\}/g, hole);
    }
    case 'Name':
    case 'Attribute': {
      const { known, open } = analysis.inference.valuesOf(expression, module);
      const [only, another] = known;
      return open || another !== undefined || only === undefined ? undefined : textOfValue(only);
    }
    default:
      return undefined;
  }
}

function textOfValue(value: Value): string | undefined {
  if (value.kind === 'constant') return typeof value.value === 'string' ? value.value : undefined;
  if (value.kind !== 'instance' || value.member === undefined) return undefined;
  const [its, another] = value.member.value.known;
  const isText = its?.kind === 'constant' && typeof its.value === 'string' && another === undefined;
  return isText ? String(its.value) : `${value.of.node.name}.${value.member.name}`;
}

export interface EnumMember {
  name: string;
  text: string;
  at: number;
}

/** The members of a class that is an enum, in their order; undefined for any other class. */
export function membersOf(analysis: Analysis, of: ClassValue): readonly EnumMember[] | undefined {
  if (!isEnum(of, analysis.inference)) return undefined;
  return [...classInfoOf(of.node, of.module).body].flatMap(([name, [member]]) => {
    if (member?.kind !== 'value' || member.value === undefined || name.startsWith('_')) return [];
    const { value } = member;
    return [{ name, text: textOf(analysis, of.module, value) ?? `${of.node.name}.${name}`, at: value.at }];
  });
}
