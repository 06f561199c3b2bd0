import type { Node } from '../parsing/node.js';
import { atOf, partsOf, type Lowering } from './lowering.js';
import type { Argument, Parameter } from './tree.js';

/** The arguments of a call, or the bases of a class. */
export function callArguments(given: Node, lowering: Lowering): Argument[] {
  if (given.type === 'generator_expression') return [{ value: lowering.expression(given) }];
  return partsOf(given).map((part): Argument => {
    if (part.type === 'keyword_argument') {
      return {
        name: part.childForFieldName('name')?.text ?? '',
        value: lowering.expression(part.childForFieldName('value')),
      };
    }
    if (part.type === 'list_splat') return { splat: '*', value: lowering.expression(part.namedChild(0)) };
    if (part.type === 'dictionary_splat') return { splat: '**', value: lowering.expression(part.namedChild(0)) };
    return { value: lowering.expression(part) };
  });
}

/** The parameters of a function or lambda. */
export function parameters(node: Node | null, lowering: Lowering): Parameter[] {
  if (node === null) return [];
  const found: Parameter[] = [];
  let keywordOnly = false;
  for (const part of partsOf(node)) {
    if (part.type === 'keyword_separator') keywordOnly = true;
    else if (part.type === 'positional_separator') for (const before of found) before.positionalOnly = true;
    else {
      const parameter = parameterOf(part, lowering);
      if (keywordOnly && parameter.splat === undefined) parameter.keywordOnly = true;
      if (parameter.splat === '*') keywordOnly = true;
      found.push(parameter);
    }
  }
  return found;
}

function parameterOf(part: Node, lowering: Lowering): Parameter {
  const type = part.childForFieldName('type');
  const value = part.childForFieldName('value');
  const named = part.childForFieldName('name') ?? (part.type === 'typed_parameter' ? part.namedChild(0) : part) ?? part;
  const splat = { list_splat_pattern: '*', dictionary_splat_pattern: '**' } as const;
  const stars =
    named.type === 'list_splat_pattern' || named.type === 'dictionary_splat_pattern' ? splat[named.type] : undefined;
  return {
    at: atOf(part, lowering),
    name: (stars === undefined ? named : (named.namedChild(0) ?? named)).text,
    ...(type === null ? {} : { annotation: lowering.expression(type) }),
    ...(value === null ? {} : { default: lowering.expression(value) }),
    ...(stars === undefined ? {} : { splat: stars }),
  };
}
