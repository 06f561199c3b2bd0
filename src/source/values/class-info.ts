import type { Module } from '../program.js';
import type { Call, ClassDef, Expression, FunctionDef, Statement } from '../syntax/tree.js';
import { blocksOf, dottedName, literalText } from '../syntax/walk.js';
import { indexOf, type AnyFunction, type AttributeStore } from './module-index.js';
import { pushTo } from '../../util/push-to.js';

/** One way in which a class provides a name. */
export type Member =
  | { kind: 'function'; node: FunctionDef }
  | { kind: 'class'; node: ClassDef }
  | { kind: 'value'; value?: Expression; annotation?: Expression }
  /** Provided, but what it is cannot be told: an import, a loop variable, `setattr`. */
  | { kind: 'something' };

/** What a class's own text says of its names. */
export interface ClassInfo {
  node: ClassDef;
  module: Module;
  /** Bound in its body. */
  body: ReadonlyMap<string, readonly Member[]>;
  /** Stored in `self` by its methods. */
  instance: ReadonlyMap<string, readonly Member[]>;
  /** Names can appear that the text does not show. */
  isDynamic: boolean;
}

const infos = new WeakMap<Module, Map<ClassDef, ClassInfo>>();

export function classInfoOf(node: ClassDef, module: Module): ClassInfo {
  const ofModule = infos.get(module) ?? new Map<ClassDef, ClassInfo>();
  infos.set(module, ofModule);
  const known = ofModule.get(node);
  if (known !== undefined) return known;
  const body = new Map<string, Member[]>();
  collect(node.body, body);
  const instance = new Map<string, Member[]>();
  const selves = selvesOf(node);
  const { stores, calls } = indexOf(module);
  for (const store of stores) if (isOwnStore(store, node, selves)) pushTo(instance, store.target.name, memberOf(store));
  let isDynamic = ['__getattr__', '__getattribute__', '__dict__'].some((name) => body.has(name));
  for (const [call, place] of calls) {
    if (place.class !== node) continue;
    if (place.function === undefined && /^(?:vars|locals)$/.test(dottedName(call.callee) ?? '')) isDynamic = true;
    const set = nameSetBy(call, (each) => isOwn(each, place.function, selves));
    if (set === 'any') isDynamic = true;
    else if (set !== undefined) pushTo(instance, set, { kind: 'something' });
  }
  isDynamic ||= stores.some(
    ({ target, place }) => place.class === node && dottedName(target)?.endsWith('.__dict__') === true,
  );
  for (const slot of slotsOf(node)) pushTo(instance, slot, { kind: 'something' });
  for (const names of [body, instance]) {
    const written = [...names];
    for (const [name, members] of written) {
      const other = otherNameOf(name, node);
      if (other !== undefined) for (const member of members) pushTo(names, other, member);
    }
  }
  const info = { node, module, body, instance, isDynamic };
  ofModule.set(node, info);
  return info;
}

/** Inside of the class `_Lazy` its `__value` is what is `_Lazy__value` everywhere else, and the other way round. */
export function otherNameOf(name: string, { name: of }: ClassDef): string | undefined {
  const prefix = `_${of.replace(/^_+/, '')}`;
  if (/^__.*(?<!__)$/.test(name)) return `${prefix}${name}`;
  return name.startsWith(`${prefix}__`) ? name.slice(prefix.length) : undefined;
}

/** The names that methods call their object or class: `self`, `cls`. */
export function selvesOf(node: ClassDef): ReadonlySet<string> {
  const names = new Set<string>();
  for (const method of methodsOf(node.body)) {
    const [first] = method.params;
    if (first !== undefined && first.splat === undefined && !isStatic(method)) names.add(first.name);
  }
  return names;
}

export function isStatic({ decorators }: FunctionDef): boolean {
  return decorators.some((decorator) => dottedName(decorator) === 'staticmethod');
}

export function isClassMethod({ decorators }: FunctionDef): boolean {
  return decorators.some((decorator) => dottedName(decorator) === 'classmethod');
}

function* methodsOf(block: readonly Statement[]): Generator<FunctionDef> {
  for (const statement of block) {
    if (statement.kind === 'FunctionDef') yield statement;
    else if (statement.kind !== 'ClassDef') for (const inner of blocksOf(statement)) yield* methodsOf(inner);
  }
}

/** What the statements of a class body bind, whichever branch is taken. */
function collect(block: readonly Statement[], found: Map<string, Member[]>): void {
  for (const statement of block) {
    switch (statement.kind) {
      case 'FunctionDef':
        pushTo(found, statement.name, { kind: 'function', node: statement });
        continue;
      case 'ClassDef':
        pushTo(found, statement.name, { kind: 'class', node: statement });
        continue;
      case 'Assign':
        for (const target of statement.targets) collectTarget(target, statement.value, found);
        break;
      case 'AnnAssign': {
        const { target, annotation, value } = statement;
        if (target.kind !== 'Name') break;
        pushTo(found, target.id, { kind: 'value', annotation, ...(value === undefined ? {} : { value }) });
        break;
      }
      case 'AugAssign':
      case 'For':
        collectTarget(statement.target, undefined, found);
        break;
      case 'With':
        for (const { target } of statement.items) if (target !== undefined) collectTarget(target, undefined, found);
        break;
      case 'Import':
      case 'ImportFrom':
        for (const { name, as } of statement.names)
          pushTo(found, as ?? name.split('.')[0] ?? name, { kind: 'something' });
        break;
      default:
    }
    for (const inner of blocksOf(statement)) collect(inner, found);
  }
}

function collectTarget(target: Expression, value: Expression | undefined, found: Map<string, Member[]>): void {
  if (target.kind === 'Name') {
    pushTo(found, target.id, value === undefined ? { kind: 'something' } : { kind: 'value', value });
  } else if (target.kind === 'Starred') collectTarget(target.value, undefined, found);
  else if (target.kind === 'Tuple' || target.kind === 'List') {
    for (const element of target.elements) collectTarget(element, undefined, found);
  }
}

function isOwnStore({ target, place }: AttributeStore, node: ClassDef, selves: ReadonlySet<string>): boolean {
  if (place.class !== node) return false;
  // What `__new__` and class methods make has whatever name it likes: `cls._instance.seen = []`.
  const { function: fn } = place;
  const makes =
    fn?.kind === 'FunctionDef' &&
    (fn.name === '__new__' || fn.decorators.some((each) => dottedName(each) === 'classmethod'));
  return makes || (target.object.kind === 'Name' && selves.has(target.object.id));
}

function memberOf({ value, annotation }: AttributeStore): Member {
  if (value === undefined && annotation === undefined) return { kind: 'something' };
  return {
    kind: 'value',
    ...(value === undefined ? {} : { value }),
    ...(annotation === undefined ? {} : { annotation }),
  };
}

const registrations = /^(?:register_buffer|register_parameter|add_module|register_module|register_full_backward_hook)$/;

/** The attribute that a call sets on `self`, its class or what `__new__` made; 'any' when it may be any. */
function nameSetBy(
  { callee, args }: Call,
  isSelf: (each: Expression | undefined) => boolean,
): string | 'any' | undefined {
  const [first, second] = args.map(({ value }) => value);
  const called = dottedName(callee) ?? '';
  if (/^(?:setattr|(?:object|super\(\)|type)\.__setattr__)$/.test(called) && isSelf(first))
    return literalText(second) ?? 'any';
  if (called === 'vars' && isSelf(first)) return 'any';
  if (callee.kind !== 'Attribute') return undefined;
  if (callee.name === 'save_hyperparameters') return 'any';
  if (callee.name === '__setattr__') return literalText(first) ?? 'any';
  if (registrations.test(callee.name) && isSelf(callee.object)) return literalText(first) ?? 'any';
  const isDict = callee.object.kind === 'Attribute' && callee.object.name === '__dict__';
  return isDict && isSelf(callee.object.kind === 'Attribute' ? callee.object.object : undefined) ? 'any' : undefined;
}

/** `self`, `cls`, `type(self)`, `self.__class__`, or what a method has from `__new__`. */
function isOwn(expression: Expression | undefined, fn: AnyFunction | undefined, selves: ReadonlySet<string>): boolean {
  if (expression === undefined) return false;
  const name = dottedName(classTaken(expression) ?? expression);
  return name !== undefined && (selves.has(name) || (fn?.kind === 'FunctionDef' && isMadeIn(fn.body, name)));
}

/** `x` in `type(x)` and `x.__class__`. */
export function classTaken(expression: Expression): Expression | undefined {
  if (expression.kind === 'Attribute') return expression.name === '__class__' ? expression.object : undefined;
  if (expression.kind !== 'Call' || dottedName(expression.callee) !== 'type') return undefined;
  return expression.args.length === 1 ? expression.args[0]?.value : undefined;
}

/** `name = object.__new__(cls)`, `name = super().__new__(cls)` */
function isMadeIn(block: readonly Statement[], name: string): boolean {
  return block.some((statement) => {
    if (statement.kind !== 'Assign') return blocksOf(statement).some((inner) => isMadeIn(inner, name));
    const { value, targets } = statement;
    const isMade = value.kind === 'Call' && value.callee.kind === 'Attribute' && value.callee.name === '__new__';
    return isMade && targets.some((target) => dottedName(target) === name);
  });
}

function slotsOf({ body }: ClassDef): string[] {
  return body.flatMap((statement) => {
    if (statement.kind !== 'Assign' || !statement.targets.some((target) => dottedName(target) === '__slots__'))
      return [];
    const { value } = statement;
    const slots = value.kind === 'Tuple' || value.kind === 'List' || value.kind === 'Set' ? value.elements : [value];
    return slots.flatMap((slot) => literalText(slot) ?? []);
  });
}
