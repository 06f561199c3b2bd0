import type { Module } from '../program.js';
import type {
  Argument,
  Attribute,
  Call,
  ClassDef,
  Expression,
  FunctionDef,
  Lambda,
  ModuleSyntax,
  Name,
  Return,
  Statement,
  Yield,
} from '../syntax/tree.js';
import { blocksOf, expressionsIn, expressionsOf, literalText, partsOf } from '../syntax/walk.js';
import { after, under, withinWith, type Guard } from './guards.js';
import { lookedIntoBy, typesIn } from './mentions.js';
import { pushTo } from '../../util/push-to.js';

export type AnyFunction = FunctionDef | Lambda;

/** Where something stands. */
export interface Place {
  /** The innermost function around. */
  function?: AnyFunction;
  /** The class whose body it stands in or, inside of methods, the class of the outermost method. */
  class?: ClassDef;
  /** What is known to hold there, within the same function. */
  guard?: Guard | undefined;
}

/** What is stored in an attribute: `self.x = value`, `for self.x in …`. */
export interface AttributeStore {
  target: Attribute;
  place: Place;
  /** Absent where the value is a part of something else, or unknown. */
  value?: Expression;
  annotation?: Expression;
}

/** One walk over a file, so that nobody else has to look for these. */
export interface ModuleIndex {
  functions: Map<AnyFunction, Place>;
  classes: Map<ClassDef, Place>;
  returns: Map<AnyFunction, Return[]>;
  returnPlaces: Map<Return, Place>;
  yields: Map<AnyFunction, Yield[]>;
  calls: Map<Call, Place>;
  /** Of names and attributes. */
  places: Map<Name | Attribute, Place>;
  /** Names and attributes whose mention hands nothing on that somebody else could call: called on the spot, assigned to, types. */
  harmless: Set<Expression>;
  stores: AttributeStore[];
  /** `object["key"] = value`; the key only where it is a literal text. */
  items: { object: Expression; key: string | undefined; value?: Expression }[];
  /** Dicts that are only looked into: called by an item, gone through for their keys, or given another item. */
  lookedInto: Set<Expression>;
  /** Assigned to or deleted, not read. */
  stored: Set<Expression>;
  /** What calls call. */
  callees: Set<Expression>;
}

const indexes = new WeakMap<ModuleSyntax, ModuleIndex>();

export function indexOf({ syntax }: Pick<Module, 'syntax'>): ModuleIndex {
  const known = indexes.get(syntax);
  if (known !== undefined) return known;
  const walker = new Walker();
  walker.block(syntax.body, {});
  indexes.set(syntax, walker.index);
  return walker.index;
}

class Walker {
  readonly index: ModuleIndex = {
    functions: new Map(),
    classes: new Map(),
    returns: new Map(),
    returnPlaces: new Map(),
    yields: new Map(),
    calls: new Map(),
    places: new Map(),
    harmless: new Set(),
    stores: [],
    items: [],
    lookedInto: new Set(),
    stored: new Set(),
    callees: new Set(),
  };

  block(block: readonly Statement[], place: Place): void {
    let here: Place = place;
    for (const statement of block) {
      this.statement(statement, here);
      const guard = after(statement, here.guard);
      if (guard !== here.guard) here = withGuard(here, guard);
    }
  }

  private statement(statement: Statement, place: Place): void {
    for (const expression of expressionsOf(statement)) this.expression(expression, place);
    for (const type of typesIn(statement)) for (const part of expressionsIn(type)) this.index.harmless.add(part);
    if (statement.kind === 'For') this.index.lookedInto.add(statement.iterable);
    this.stores(statement, place);
    switch (statement.kind) {
      case 'FunctionDef':
        this.index.functions.set(statement, place);
        return this.block(statement.body, { ...place, function: statement, guard: undefined });
      case 'ClassDef':
        this.index.classes.set(statement, place);
        return this.block(statement.body, { class: statement });
      case 'Return':
        this.index.returnPlaces.set(statement, place);
        return place.function === undefined ? undefined : pushTo(this.index.returns, place.function, statement);
      case 'If':
      case 'While':
        this.block(statement.body, { ...place, guard: under(statement.test, true, place.guard) });
        return this.block(statement.orelse, { ...place, guard: under(statement.test, false, place.guard) });
      case 'Try': {
        const [body = [], ...others] = blocksOf(statement);
        this.block(body, { ...place, guard: { what: { kind: 'try', statement }, outer: place.guard } });
        for (const block of others) this.block(block, place);
        return;
      }
      case 'With':
        return this.block(statement.body, withGuard(place, withinWith(statement, place.guard)));
      case 'Match':
        for (const taken of statement.cases) {
          const guard: Guard = { what: { kind: 'case', subject: statement.subject, taken }, outer: place.guard };
          this.block(taken.body, { ...place, guard });
        }
        return;
      default:
        for (const inner of blocksOf(statement)) this.block(inner, place);
    }
  }

  private expression(expression: Expression, place: Place): void {
    for (const table of lookedIntoBy(expression)) this.index.lookedInto.add(table);
    switch (expression.kind) {
      case 'Constant':
        return;
      case 'Name':
        this.index.places.set(expression, place);
        return;
      case 'Attribute':
        this.index.places.set(expression, place);
        this.index.harmless.add(expression.object);
        return this.expression(expression.object, place);
      case 'Call':
        this.index.calls.set(expression, place);
        this.call(expression);
        break;
      case 'Yield':
        if (place.function !== undefined) pushTo(this.index.yields, place.function, expression);
        break;
      case 'Lambda': {
        this.index.functions.set(expression, place);
        for (const { default: value } of expression.params) if (value !== undefined) this.expression(value, place);
        return this.expression(expression.body, { ...place, function: expression });
      }
      case 'BoolOp': {
        this.expression(expression.left, place);
        const guard = under(expression.left, expression.op === 'and', place.guard);
        return this.expression(expression.right, { ...place, guard });
      }
      case 'IfExp':
        this.expression(expression.test, place);
        this.expression(expression.body, { ...place, guard: under(expression.test, true, place.guard) });
        return this.expression(expression.orelse, { ...place, guard: under(expression.test, false, place.guard) });
      case 'ListComp':
      case 'SetComp':
      case 'DictComp':
      case 'GeneratorExp': {
        let here = place;
        for (const { target, iterable, conditions } of expression.clauses) {
          this.expression(iterable, here);
          this.expression(target, here);
          for (const condition of conditions) {
            this.expression(condition, here);
            here = withGuard(here, under(condition, true, here.guard));
          }
        }
        this.expression(expression.element, here);
        if (expression.value !== undefined) this.expression(expression.value, here);
        return;
      }
      default:
    }
    for (const part of partsOf(expression)) this.expression(part, place);
  }

  private call({ callee, args }: Call): void {
    this.index.harmless.add(callee);
    this.index.callees.add(callee);
    if (callee.kind !== 'Name' || !/^(?:isinstance|issubclass|type|super|hasattr|id|repr)$/.test(callee.id)) return;
    for (const { value } of args) for (const part of expressionsIn(value)) this.index.harmless.add(part);
  }

  private stores(statement: Statement, place: Place): void {
    switch (statement.kind) {
      case 'Assign':
        for (const target of statement.targets) this.store(target, statement.value, place);
        return;
      case 'AnnAssign': {
        const { target, annotation, value } = statement;
        this.index.stored.add(target);
        if (target.kind !== 'Attribute') return;
        this.index.stores.push({ target, place, annotation, ...(value === undefined ? {} : { value }) });
        return;
      }
      case 'AugAssign':
        this.store(statement.target, undefined, place);
        this.index.stored.delete(statement.target);
        return;
      case 'For':
        return this.store(statement.target, undefined, place);
      case 'Delete':
        for (const target of statement.targets) this.index.stored.add(target);
        return;
      case 'With':
        for (const { target } of statement.items) if (target !== undefined) this.store(target, undefined, place);
        return;
      default:
    }
  }

  private store(target: Expression, value: Expression | undefined, place: Place): void {
    this.index.harmless.add(target);
    this.index.stored.add(target);
    if (target.kind === 'Attribute') {
      this.index.stores.push({ target, place, ...(value === undefined ? {} : { value }) });
    } else if (target.kind === 'Subscript') {
      this.index.lookedInto.add(target.object);
      this.index.items.push({
        object: target.object,
        key: literalText(target.index),
        ...(value === undefined ? {} : { value }),
      });
    } else if (target.kind === 'Starred') this.store(target.value, undefined, place);
    else if (target.kind === 'Tuple' || target.kind === 'List') {
      const isPaired = value?.kind === 'Tuple' && value.elements.length === target.elements.length;
      for (const [at, element] of target.elements.entries()) {
        this.store(element, isPaired ? value.elements[at] : undefined, place);
      }
    }
  }
}

function withGuard(place: Place, guard: Guard | undefined): Place {
  return { ...place, guard };
}

/** Where an expression stands, told by the first name or call in it. */
export function placeOf(expression: Expression, module: Module): Place | undefined {
  const { places, calls } = indexOf(module);
  for (const part of expressionsIn(expression)) {
    const place =
      part.kind === 'Name' || part.kind === 'Attribute'
        ? places.get(part)
        : part.kind === 'Call'
          ? calls.get(part)
          : undefined;
    if (place !== undefined) return place;
  }
  return undefined;
}

/** The argument that a call gives for a parameter; `unknown` where a `*` or `**` may give it. */
export function argumentFor(
  args: readonly Argument[],
  name: string,
  position: number | undefined,
): Expression | 'unknown' | undefined {
  const named = args.find((argument) => argument.name === name);
  if (named !== undefined) return named.value;
  const positional = args.filter((argument) => argument.name === undefined);
  const spread = positional.findIndex(({ splat }) => splat !== undefined);
  const given = position === undefined ? undefined : positional[position];
  if (given !== undefined && (spread === -1 || (position ?? 0) < spread)) return given.value;
  return spread === -1 ? undefined : 'unknown';
}
