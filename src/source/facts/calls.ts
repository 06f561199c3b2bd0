import type { Node, Tree } from '../parsing/node.js';
import { isLoadGuarded } from './context.js';
import { literalOf } from './literals.js';
import type { PythonParser } from '../parsing/parser.js';
import type { CallUse, Literal } from '../types.js';

/** Longer arguments are texts, not the names of anything. */
const longestArgument = 1000;

/** Calls whose last name is one of `callees`: `from_pretrained` finds `AutoModel.from_pretrained(…)`. */
export function callsOf(
  tree: Tree,
  callees: ReadonlySet<string>,
  constants: ReadonlyMap<string, Literal>,
  parser: PythonParser,
): CallUse[] {
  if (![...callees].some((callee) => tree.text.includes(callee))) return [];
  const named = tree.root.descendantsOfType('identifier').filter((node) => callees.has(node.text) && isCalled(node));
  return named.flatMap((node) => {
    parser.checkTime();
    const called = node.parent?.type === 'attribute' ? node.parent : node;
    const call = called.parent;
    if (call === null) return [];
    return [
      {
        callee: dottedText(called),
        arguments: literalArguments(call, constants),
        ...call.position,
        guarded: isLoadGuarded(call),
      },
    ];
  });
}

/** The last name of what is called. */
function isCalled(name: Node): boolean {
  const called = name.field === 'attribute' ? name.parent : name;
  return called?.field === 'function' && called.parent?.type === 'call';
}

export function dottedText(called: Node): string {
  const names: string[] = [];
  let node = called;
  for (let object = node.childForFieldName('object'); object !== null; object = node.childForFieldName('object')) {
    names.unshift(node.childForFieldName('attribute')?.text ?? '?');
    node = object;
  }
  const isName = node.type === 'identifier' || (node.type === 'call' && /^\w+\(\)$/.test(node.text));
  return [isName ? node.text : '?', ...names].join('.');
}

function literalArguments(call: Node, constants: ReadonlyMap<string, Literal>): Record<string, Literal> {
  const found: Record<string, Literal> = {};
  const given = call.childForFieldName('arguments')?.namedChildren.filter((child) => child.type !== 'comment') ?? [];
  const firstSplat = given.findIndex((argument) => argument.type.endsWith('splat'));
  for (const [index, argument] of given.entries()) {
    const isKeyword = argument.type === 'keyword_argument';
    if (!isKeyword && firstSplat !== -1 && index >= firstSplat) continue;
    const value = isKeyword ? argument.childForFieldName('value') : argument;
    if (value === null || value.endIndex - value.startIndex > longestArgument) continue;
    const literal = literalOf(value, (name) => (isShadowed(name) ? undefined : constants.get(name.text)));
    const key = isKeyword ? argument.childForFieldName('name')?.text : String(index);
    if (literal !== undefined && key !== undefined) found[key] = literal;
  }
  return found;
}

const binders = [
  'parameters',
  'lambda_parameters',
  'assignment',
  'augmented_assignment',
  'for_statement',
  'for_in_clause',
  'named_expression',
  'as_pattern',
];

/** True when an enclosing function, lambda or comprehension binds the same name in any way. */
export function isShadowed(name: Node): boolean {
  const { text } = name;
  for (let scope = name.parent; scope !== null; scope = scope.parent) {
    if (!/^(?:function_definition|lambda|class_definition)$|comprehension$|^generator_expression$/.test(scope.type))
      continue;
    const isBound = scope
      .descendantsOfType(...binders)
      .some((binder) =>
        bindingParts(binder).some((part) => part.descendantsOfType('identifier').some((node) => node.text === text)),
      );
    if (isBound) return true;
  }
  return false;
}

function bindingParts(binder: Node): readonly Node[] {
  if (binder.type.endsWith('parameters')) {
    // What stands in an annotation or a default is read there, not bound.
    return binder.namedChildren.map((parameter) => {
      const first = parameter.type === 'typed_parameter' ? parameter.namedChild(0) : null;
      return parameter.childForFieldName('name') ?? first ?? parameter;
    });
  }
  const field = binder.type === 'as_pattern' ? 'alias' : binder.type === 'named_expression' ? 'name' : 'left';
  return binder.childrenForFieldName(field);
}
