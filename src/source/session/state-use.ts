import { follows, type KeyPattern } from '../keys/patterns.js';
import type { Module } from '../program.js';
import type { Attribute, Call, Expression, Subscript } from '../syntax/tree.js';
import { expressionsIn, expressionsOfModule, lastName, statementsIn } from '../syntax/walk.js';
import type { Inference } from '../values/inference.js';
import { indexOf } from '../values/module-index.js';
import { mentionsOf } from './mentions.js';

/** Asks the session state for a key, and raises where nobody stored it. */
export interface StateRead {
  node: Attribute | Subscript;
  key: string;
}

/** Methods of the session state, which are no keys. */
const methods = /^(?:get|setdefault|pop|update|keys|items|values|clear|to_dict|copy)$|^__\w+__$/;
/** What only looks at what it is given. */
const looksOnly =
  /^(?:builtins\.(?:print|len|dict|list|sorted|str|bool|id|repr|type|hasattr|getattr)|streamlit\.(?:\w+\.)?(?:write|json|code))$/;

/** What one module does with `st.session_state`. */
export class StateUse {
  readonly reads: StateRead[] = [];
  /** What is stored, as a key or as the beginning and end of one. */
  readonly stored: KeyPattern[] = [];
  /** What may be the key of a widget, and what somebody tests for first. */
  readonly maybe = new Set<string>();
  /** It may store what its text does not show. */
  isOpen = false;
  private readonly module: Module;
  private readonly inference: Inference;
  private readonly mentions: ReadonlySet<Expression>;
  private readonly seen: Set<Expression>;

  /** @param names that the session state has in the repository. */
  constructor(module: Module, names: ReadonlySet<string>, inference: Inference) {
    this.module = module;
    this.inference = inference;
    const all = expressionsOfModule(module.syntax);
    const { mentions, named, isOpen } = mentionsOf(all, module, names, inference);
    this.mentions = mentions;
    this.seen = new Set(named);
    for (const each of all) this.look(each);
    for (const statement of statementsIn(module.syntax.body)) {
      if (statement.kind === 'For') this.see(statement.iterable);
    }
    this.isOpen ||= isOpen || [...mentions].some((mention) => !this.seen.has(mention));
  }

  private look(each: Expression): void {
    switch (each.kind) {
      case 'Attribute':
        if (!this.see(each.object)) return;
        if (methods.test(each.name)) {
          // `on_click=st.session_state.update`
          if (!indexOf(this.module).callees.has(each)) this.isOpen = true;
        } else if (indexOf(this.module).stored.has(each)) this.stored.push([each.name]);
        else this.reads.push({ node: each, key: each.name });
        return;
      case 'Subscript':
        if (this.see(each.object)) this.item(each);
        return;
      case 'Compare':
        for (const side of each.comparators) {
          this.see(side);
          // `"runs" in st.session_state.keys()`
          if (expressionsIn(side).some((part) => this.mentions.has(part))) this.tested(each.left);
        }
        return;
      case 'Call':
        this.widget(each);
        if (each.callee.kind === 'Attribute' && this.mentions.has(each.callee.object)) this.method(each);
        else if (each.args.some(({ value }) => this.mentions.has(value))) this.handedOn(each);
        return;
      default:
    }
  }

  /** True for a mention of the session state, which is understood from here on. */
  private see(expression: Expression): boolean {
    if (!this.mentions.has(expression)) return false;
    this.seen.add(expression);
    return true;
  }

  private item(node: Subscript): void {
    const { stored, items } = indexOf(this.module);
    const { index } = node;
    if (stored.has(node)) {
      // What is deleted under a name of which nothing is known, stores nothing.
      if (items.some(({ object }) => object === node.object)) this.store(index);
    } else if (index.kind === 'Constant' && typeof index.value === 'string') {
      this.reads.push({ node, key: index.value });
    }
  }

  private method({ callee, args }: Call): void {
    const [first] = args;
    switch (lastName(callee)) {
      case 'setdefault':
      case '__setitem__':
      case '__setattr__':
        return first === undefined ? undefined : this.store(first.value);
      case 'get':
      case 'pop':
        return first === undefined ? undefined : this.tested(first.value);
      case 'update':
        for (const { name, value, splat } of args) {
          if (name !== undefined) this.stored.push([name]);
          else if (value.kind === 'Dict' && splat === undefined) this.storeEach(value.entries.map(({ key }) => key));
          else this.isOpen = true;
        }
        return;
      default:
    }
  }

  private handedOn({ callee, args }: Call): void {
    const { known, open } = this.inference.valuesOf(callee, this.module);
    const isLooking = !open && known.every((value) => value.kind === 'outside' && looksOnly.test(value.name));
    const [first, second] = args;
    if (first === undefined || !this.mentions.has(first.value)) return;
    if (lastName(callee) === 'setattr' && second !== undefined) this.store(second.value);
    else if (!isLooking) return;
    else if (second !== undefined) this.tested(second.value);
    this.see(first.value);
  }

  /** Widgets keep what is chosen under their key, however that is handed to them. */
  private widget({ callee, args }: Call): void {
    for (const [at, { name, value, splat }] of args.entries()) {
      if (splat === '**' && value.kind === 'Dict') {
        for (const entry of value.entries) {
          if (entry.key === undefined) this.isOpen = true;
          else if (entry.key.kind === 'Constant' && entry.key.value === 'key') this.keyOf(callee, entry.value);
        }
      } else if (splat === '**' && this.mayBeWidget(callee)) this.isOpen = true;
      else if (name === 'key' && value.kind !== 'Lambda') this.keyOf(callee, value);
      else if (name === undefined && at > 0) this.positional(callee, value);
    }
  }

  /** Other packages have widgets too, and functions that call something else a key: `sorted(runs, key=…)`. */
  private keyOf(callee: Expression, value: Expression): void {
    if (value.kind === 'JoinedStr' || this.mayBeWidget(callee)) this.store(value);
    else this.tested(value);
  }

  private positional(callee: Expression, value: Expression): void {
    if (value.kind === 'Constant') this.tested(value);
    else if (/^(?:Name|Attribute|JoinedStr)$/.test(value.kind) && this.mayBeWidget(callee)) {
      if (value.kind === 'JoinedStr') this.store(value);
      else this.tested(value);
    }
  }

  private mayBeWidget(callee: Expression): boolean {
    const { known, open } = this.inference.valuesOf(callee, this.module);
    return open || known.some(({ kind }) => kind !== 'outside') || known.some(isOfStreamlit);
  }

  private tested(key: Expression): void {
    for (const value of this.inference.valuesOf(key, this.module).known) {
      if (value.kind === 'constant' && typeof value.value === 'string') this.maybe.add(value.value);
    }
  }

  private storeEach(keys: readonly (Expression | undefined)[]): void {
    for (const key of keys) {
      if (key === undefined) this.isOpen = true;
      else this.store(key);
    }
  }

  private store(key: Expression): void {
    if (key.kind === 'JoinedStr') {
      const [begins = '', ends = ''] = [key.parts[0], key.parts.at(-1)].map((part) =>
        typeof part === 'string' ? part : '',
      );
      this.stored.push([begins, ends]);
      return;
    }
    const { known, open } = this.inference.valuesOf(key, this.module);
    if (open) this.isOpen = true;
    for (const value of known) {
      if (value.kind !== 'constant') this.isOpen = true;
      else if (typeof value.value === 'string') this.stored.push([value.value]);
    }
  }
}

function isOfStreamlit(value: { kind: string; name?: string }): boolean {
  return value.kind === 'outside' && /^streamlit\b/.test(value.name ?? '');
}

/** Somebody stores the key, or reckons with its absence. */
export function isStored(key: string, uses: readonly StateUse[]): boolean {
  return uses.some(({ stored, maybe }) => maybe.has(key) || stored.some((pattern) => follows(key, pattern)));
}
