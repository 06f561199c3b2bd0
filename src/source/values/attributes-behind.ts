import { namesOf } from '../names/names.js';
import type { Module } from '../program.js';
import type { Expression } from '../syntax/tree.js';
import { dottedName } from '../syntax/walk.js';

/** `object.name` */
export interface AttributeAsked {
  object: Expression;
  name: string;
}

/**
 * The attributes that an expression asks for: `run.metrics`, also under a name of its own (`metrics = run.metrics`), and
 * `getattr(run, "metrics")`.
 */
export function attributesBehind(expression: Expression, module: Module): readonly AttributeAsked[] {
  const asked = attributeIn(expression);
  if (asked !== undefined) return [asked];
  if (expression.kind !== 'Name') return [];
  return namesOf(module.syntax)
    .definitionsReaching(expression)
    .definitions.flatMap((definition) =>
      definition.kind === 'assignment' && definition.value !== undefined ? (attributeIn(definition.value) ?? []) : [],
    );
}

function attributeIn(expression: Expression): AttributeAsked | undefined {
  if (expression.kind === 'Attribute') return expression;
  if (expression.kind !== 'Call' || dottedName(expression.callee) !== 'getattr') return undefined;
  const [object, name] = expression.args.map(({ value }) => value);
  const isLiteral = name?.kind === 'Constant' && typeof name.value === 'string';
  return object !== undefined && isLiteral ? { object, name: String(name.value) } : undefined;
}
