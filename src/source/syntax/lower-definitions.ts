import type { Node } from '../parsing/node.js';
import { callArguments, parameters } from './lower-parameters.js';
import { partsOf, type Lowering } from './lowering.js';
import type { Argument, Statement } from './tree.js';

/** A function or class. */
export function definition(node: Node, decorators: readonly Node[], lowering: Lowering): Statement {
  const name = node.childForFieldName('name');
  const typeParams = typeParamsOf(node.childForFieldName('type_parameters'));
  const common = {
    at: node.startIndex,
    name: name?.text ?? '',
    nameAt: name?.startIndex ?? node.startIndex,
    decorators: decorators.map((decorator) => lowering.expression(decorator.namedChild(0))),
    ...(typeParams.length === 0 ? {} : { typeParams }),
  };
  const body = node.childForFieldName('body');
  if (node.type === 'class_definition') {
    const bases = node.childForFieldName('superclasses');
    const args: readonly Argument[] = bases === null ? [] : callArguments(bases, lowering);
    return { kind: 'ClassDef', ...common, args, body: lowering.block(body) };
  }
  const returns = node.childForFieldName('return_type');
  return {
    kind: 'FunctionDef',
    ...common,
    params: parameters(node.childForFieldName('parameters'), lowering),
    ...(returns === null ? {} : { returns: lowering.expression(returns) }),
    ...(node.children[0]?.type === 'async' ? { isAsync: true } : {}),
    body: lowering.block(body),
  };
}

/** `type X[T] = …`; also `type(self).x = …` and `type[x] = …`, which the grammar takes for one. */
export function typeAlias(node: Node, lowering: Lowering): Statement {
  const at = node.startIndex;
  const left = node.childForFieldName('left');
  const inner = left?.namedChild(0) ?? null;
  const name = inner?.type === 'generic_type' ? inner.namedChild(0) : inner;
  const value = lowering.expression(node.childForFieldName('right'));
  if (left !== null && name?.type !== 'identifier') {
    const target = lowering.expressionOfText(lowering.text.slice(at, left.endIndex), at);
    return { kind: 'Assign', at, targets: [target], value };
  }
  const typeParams = typeParamsOf(inner?.namedChildren.find(({ type }) => type === 'type_parameter') ?? null);
  return { kind: 'TypeAlias', at, name: name?.text ?? '', ...(typeParams.length === 0 ? {} : { typeParams }), value };
}

function typeParamsOf(node: Node | null): string[] {
  if (node === null) return [];
  return partsOf(node).flatMap((part) => firstName(part) ?? []);
}

/** The `T` of `T`, `T: int`, `*T` and `**T`. */
function firstName(node: Node): string | undefined {
  let inner: Node | null = node;
  while (inner !== null && inner.type !== 'identifier') inner = inner.namedChild(0);
  return inner?.text;
}
