import type { Analysis } from '../source/analysis.js';
import { namesOf } from '../source/names/names.js';
import type { Module } from '../source/program.js';
import type { Expression, FunctionDef } from '../source/syntax/tree.js';
import { dottedName, statementsIn, expressionsIn, expressionsOf } from '../source/syntax/walk.js';
import { classInfoOf } from '../source/values/class-info.js';
import { anything, type ClassValue } from '../source/values/values.js';
import type { Factor } from './combinations.js';
import { listOf } from './lists.js';
import { literalValues } from './literal-types.js';
import { isPattern } from './plot-text.js';
import { membersOf, textOf } from './texts.js';

/** A field of a config class, or a parameter. */
interface Field {
  name: string;
  module: Module;
  annotation?: Expression;
  value?: Expression;
}

/**
 * What an object of a class can be set to: the fields that are an enum or a Literal, or whose choices stand in a tuple
 * named after them (`ARCHITECTURE_MODES` for `architecture_mode`). Of many, those that `asks`, which is given the
 * object, goes by.
 */
export function factorsOfClass(analysis: Analysis, of: ClassValue, asks: FunctionDef): readonly Factor[] {
  const fields = fieldsOf(analysis, of);
  const factors = fields.flatMap((field) => factorOf(analysis, field) ?? []);
  const read = namesRead(analysis, of, asks);
  const relevant = factors.filter(({ name }) => read.has(name));
  return relevant.length === 0 ? factors : relevant;
}

/** The same for the parameters of a function that takes no config. */
export function factorsOfParameters(analysis: Analysis, module: Module, { params }: FunctionDef): readonly Factor[] {
  return params.flatMap(({ name, annotation, default: value }) => {
    const field = { name, module, ...(annotation && { annotation }), ...(value && { value }) };
    return factorOf(analysis, field) ?? [];
  });
}

function fieldsOf({ inference }: Analysis, of: ClassValue): readonly Field[] {
  const found = new Map<string, Field>();
  for (const { node, module } of inference.hierarchy.ancestors(of).toReversed()) {
    const { body } = classInfoOf(node, module);
    const [init] = body.get('__init__') ?? [];
    if (init?.kind === 'function') {
      for (const { name, annotation, default: value } of init.node.params.slice(1)) {
        found.set(name, { name, module, ...(annotation && { annotation }), ...(value && { value }) });
      }
    }
    for (const [name, [member]] of body) {
      if (member?.kind !== 'value' || member.annotation === undefined || name.startsWith('_')) continue;
      const { annotation, value } = member;
      if (isNotGiven(annotation, value)) continue;
      found.set(name, { name, module, annotation, ...(value && { value: defaultIn(value) }) });
    }
  }
  return [...found.values()];
}

/** `ClassVar[…]`, `field(init=False)` */
function isNotGiven(annotation: Expression, value: Expression | undefined): boolean {
  const isClassVar = expressionsIn(annotation).some((part) => /(?:^|\.)ClassVar$/.test(dottedName(part) ?? ''));
  const init = value?.kind === 'Call' ? value.args.find(({ name }) => name === 'init')?.value : undefined;
  return isClassVar || (init?.kind === 'Constant' && init.value === false);
}

/** `field(default="gnn")`, `Field("gnn")` */
function defaultIn(value: Expression): Expression {
  if (value.kind !== 'Call' || !/(?:^|\.)(?:field|Field)$/.test(dottedName(value.callee) ?? '')) return value;
  const given = value.args.find(({ name }) => name === 'default') ?? value.args.find(({ name }) => name === undefined);
  return given?.value ?? value;
}

function factorOf(analysis: Analysis, field: Field): Factor | undefined {
  const literal = field.annotation === undefined ? undefined : literalValues(analysis, field.annotation, field.module);
  if (literal !== undefined)
    return { name: field.name, values: literal, how: `its annotation in ${field.module.path}` };
  return ofEnum(analysis, field) ?? ofChoices(analysis, field);
}

function ofEnum(analysis: Analysis, { name, module, annotation }: Field): Factor | undefined {
  const { known } = annotation === undefined ? { known: [] } : analysis.inference.annotated(annotation, module);
  const [only, another] = known;
  if (only?.kind !== 'instance' || another !== undefined) return undefined;
  const members = membersOf(analysis, only.of);
  if (members === undefined || members.length < 2) return undefined;
  const values = members.map((member) =>
    member.text === `${only.of.node.name}.${member.name}` ? member.name : member.text,
  );
  return { name, values, how: `the enum ${only.of.node.name} in ${only.of.module.path}` };
}

/** The tuple or list of texts that is named after the field, and holds its default. */
function ofChoices(analysis: Analysis, { name, module, value }: Field): Factor | undefined {
  for (const constant of namesOf(module.syntax).module.bound) {
    if (!isNamedAfter(constant, name)) continue;
    const { known, open } = analysis.inference.moduleName(module, constant) ?? anything;
    const [only, another] = known;
    if (open || only?.kind !== 'container' || another !== undefined) continue;
    const listed = listOf(analysis, only.module, only.node);
    const values = [...new Set(listed.items.map(({ text }) => text))];
    const start = value === undefined ? undefined : textOf(analysis, module, value);
    if (listed.open !== undefined || values.length < 2 || values.some(isPattern)) continue;
    if (start === undefined || values.includes(start)) return { name, values, how: `${constant} in ${module.path}` };
  }
  return undefined;
}

/** `ARCHITECTURE_MODES`, `VALID_ARCHITECTURE_MODES` and `ARCHITECTURE_MODE_CHOICES` for `architecture_mode`. */
function isNamedAfter(constant: string, field: string): boolean {
  if (constant !== constant.toUpperCase()) return false;
  const core = constant
    .toLowerCase()
    .replace(/^_?(?:valid|supported|available|allowed|all|known)_/, '')
    .replace(/^_/, '')
    .replace(/_(?:choices|options|values|names)$/, '');
  return [field, `${field}s`, `${field}es`, field.replace(/y$/, 'ies')].includes(core) && core !== constant;
}

/** The fields that a function, or the class while it is made, goes by. */
function namesRead({ inference }: Analysis, of: ClassValue, asks: FunctionDef): ReadonlySet<string> {
  const read = attributesIn(asks);
  for (const { node, module } of inference.hierarchy.ancestors(of)) {
    for (const [name, members] of classInfoOf(node, module).body) {
      for (const member of members) {
        const isMade = name === '__post_init__' || name === '__init__' || read.has(name);
        if (member.kind === 'function' && isMade) for (const each of attributesIn(member.node)) read.add(each);
      }
    }
  }
  return read;
}

function attributesIn({ body }: FunctionDef): Set<string> {
  const names = new Set<string>();
  for (const statement of statementsIn(body)) {
    for (const held of expressionsOf(statement)) {
      for (const part of expressionsIn(held)) if (part.kind === 'Attribute') names.add(part.name);
    }
  }
  return names;
}
