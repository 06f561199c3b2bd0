import type { Analysis } from '../source/analysis.js';
import { moduleBinding } from '../source/keys/scopes.js';
import { namesOf } from '../source/names/names.js';
import type { Module } from '../source/program.js';
import type { Expression } from '../source/syntax/tree.js';
import { dottedName } from '../source/syntax/walk.js';
import type { FactorValue } from './combinations.js';

/** Aliases of aliases are not followed further. */
const deepest = 8;

/** Wrappers that say nothing of the values themselves; with `None` in them, the field may be left out. */
const transparent = /(?:^|\.)(?:Optional|Annotated|Final|Required|NotRequired)$/;

/**
 * The values that an annotation allows: those of `Literal["gnn", "ghost"]`, whether it stands there or behind a name
 * (`Mode = Literal[…]`, `type Mode = Literal[…]`), alone or with others (`Literal["a"] | Literal["b"] | None`).
 * Undefined where it allows anything else, or no choice. `None` is left out.
 */
export function literalValues(
  analysis: Analysis,
  annotation: Expression,
  module: Module,
): readonly FactorValue[] | undefined {
  const values = valuesIn(analysis, annotation, module, 0);
  const different = values === undefined ? [] : [...new Set(values)];
  return different.length > 1 ? different : undefined;
}

function valuesIn(
  analysis: Analysis,
  annotation: Expression,
  module: Module,
  depth: number,
): readonly FactorValue[] | undefined {
  if (depth > deepest) return undefined;
  const all = (parts: readonly Expression[]): readonly FactorValue[] | undefined => {
    const found = parts.map((part) => valuesIn(analysis, part, module, depth + 1));
    return found.every((each) => each !== undefined) ? found.flat() : undefined;
  };
  switch (annotation.kind) {
    case 'Constant':
      return annotation.type === 'None' ? [] : undefined;
    case 'BinOp':
      return annotation.op === '|' ? all([annotation.left, annotation.right]) : undefined;
    case 'Subscript': {
      const name = dottedName(annotation.object) ?? '';
      const inside = annotation.index.kind === 'Tuple' ? annotation.index.elements : [annotation.index];
      if (/(?:^|\.)Literal$/.test(name)) return literalsAmong(inside);
      if (/(?:^|\.)Union$/.test(name)) return all(inside);
      return transparent.test(name) ? all(inside.slice(0, 1)) : undefined;
    }
    case 'Name':
    case 'Attribute': {
      const alias = aliased(analysis, annotation, module);
      return alias === undefined ? undefined : valuesIn(analysis, alias.type, alias.module, depth + 1);
    }
    default:
      return undefined;
  }
}

function literalsAmong(given: readonly Expression[]): readonly FactorValue[] | undefined {
  const values = given.flatMap((each) => {
    if (each.kind !== 'Constant') return [];
    return each.type === 'None' ? [[]] : each.value === undefined ? [] : [[each.value]];
  });
  return values.length === given.length ? values.flat() : undefined;
}

/** What a name of a type stands for, in the module where that is written. */
function aliased(
  { inference }: Analysis,
  node: Extract<Expression, { kind: 'Name' | 'Attribute' }>,
  module: Module,
): { type: Expression; module: Module } | undefined {
  const { program } = inference;
  if (node.kind === 'Attribute') {
    const [owner, another] = inference.valuesOf(node.object, module).known;
    return owner?.kind === 'module' && another === undefined ? bound(node.name, owner.module) : undefined;
  }
  return bound(node.id, module);

  function bound(name: string, from: Module, depth = 0): { type: Expression; module: Module } | undefined {
    const home = moduleBinding(name, from, program);
    if (home === undefined || depth > deepest) return undefined;
    const names = namesOf(home.syntax);
    const [only, another] = names.definitionsOf(names.module, name);
    if (only === undefined || another !== undefined) return undefined;
    if (only.kind === 'type-alias') return { type: only.node.value, module: home };
    if (only.kind === 'assignment') return only.value === undefined ? undefined : { type: only.value, module: home };
    if (only.kind !== 'import' || only.node.kind !== 'ImportFrom') return undefined;
    const source = program.imported(home.path, only.node.module, only.node.level);
    return source.kind === 'module' ? bound(only.alias.name, source.module, depth + 1) : undefined;
  }
}
