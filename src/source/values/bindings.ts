import type { ClassDef, Expression, FunctionDef, MatchCase, Parameter, Pattern, Statement } from '../syntax/tree.js';
import { blocksOf, expressionsIn, expressionsOf } from '../syntax/walk.js';

/** One way in which a name is bound in a scope. `path` leads into the value: `[1]` for `b` in `a, b = value`. */
export type Binding =
  | { kind: 'function'; node: FunctionDef }
  | { kind: 'class'; node: ClassDef }
  | { kind: 'parameter'; node: Parameter }
  | { kind: 'value'; value?: Expression; annotation?: Expression; path: readonly number[] }
  | { kind: 'element'; of: Expression; path: readonly number[] }
  | { kind: 'entered'; context: Expression; path: readonly number[] }
  /** `import a.b` binds `a`, `import a.b as c` the module itself. */
  | { kind: 'import'; module: string }
  | { kind: 'importFrom'; module: string; level: number; name: string }
  /** Bound to something of which nothing is known. */
  | { kind: 'something' };

export interface Bindings {
  names: ReadonlyMap<string, readonly Binding[]>;
  /** Declared `global` or `nonlocal`: bound elsewhere. */
  elsewhere: ReadonlySet<string>;
  /** `from m import *` */
  stars: readonly { module: string; level: number }[];
}

const found = new WeakMap<readonly Statement[], Bindings>();

/** What the statements of a module, class or function bind, whichever branch is taken; not what those inside it bind. */
export function bindingsOf(body: readonly Statement[]): Bindings {
  const known = found.get(body);
  if (known !== undefined) return known;
  const collector = new Collector();
  collector.block(body);
  found.set(body, collector);
  return collector;
}

class Collector implements Bindings {
  readonly names = new Map<string, Binding[]>();
  readonly elsewhere = new Set<string>();
  readonly stars: { module: string; level: number }[] = [];

  block(block: readonly Statement[]): void {
    for (const statement of block) {
      this.statement(statement);
      for (const expression of expressionsOf(statement)) this.walruses(expression);
      if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') continue;
      for (const inner of blocksOf(statement)) this.block(inner);
    }
  }

  private statement(statement: Statement): void {
    switch (statement.kind) {
      case 'FunctionDef':
        return this.bind(statement.name, { kind: 'function', node: statement });
      case 'ClassDef':
        return this.bind(statement.name, { kind: 'class', node: statement });
      case 'Assign':
        for (const target of statement.targets)
          this.target(target, (path) => ({ kind: 'value', value: statement.value, path }));
        return;
      case 'AnnAssign': {
        const { annotation, value } = statement;
        const given = value === undefined ? {} : { value };
        return this.target(statement.target, (path) => ({ kind: 'value', annotation, ...given, path }));
      }
      case 'AugAssign':
        return this.target(statement.target, () => ({ kind: 'something' }));
      case 'For':
        return this.target(statement.target, (path) => ({ kind: 'element', of: statement.iterable, path }));
      case 'With':
        for (const { context, target } of statement.items) {
          if (target !== undefined) this.target(target, (path) => ({ kind: 'entered', context, path }));
        }
        return;
      case 'Import':
        for (const { name, as } of statement.names) {
          this.bind(as ?? name.split('.', 1)[0] ?? name, {
            kind: 'import',
            module: as === undefined ? (name.split('.', 1)[0] ?? name) : name,
          });
        }
        return;
      case 'ImportFrom':
        for (const { name, as } of statement.names) {
          const { module, level } = statement;
          if (name === '*') this.stars.push({ module, level });
          else this.bind(as ?? name, { kind: 'importFrom', module, level, name });
        }
        return;
      case 'Try':
        for (const { name } of statement.handlers) if (name !== undefined) this.bind(name, { kind: 'something' });
        return;
      case 'Match':
        for (const { pattern } of statement.cases) this.captures(pattern);
        return;
      case 'Global':
      case 'Nonlocal':
        for (const name of statement.names) this.elsewhere.add(name);
        return;
      case 'TypeAlias':
        return this.bind(statement.name, { kind: 'something' });
      default:
    }
  }

  private target(
    target: Expression,
    binding: (path: readonly number[]) => Binding,
    path: readonly number[] = [],
  ): void {
    if (target.kind === 'Name') this.bind(target.id, binding(path));
    else if (target.kind === 'Starred') this.target(target.value, () => ({ kind: 'something' }));
    else if (target.kind === 'Tuple' || target.kind === 'List') {
      for (const [at, element] of target.elements.entries()) this.target(element, binding, [...path, at]);
    }
  }

  private captures(pattern: Pattern | MatchCase['pattern']): void {
    switch (pattern.kind) {
      case 'MatchCapture':
      case 'MatchStar':
        return pattern.name === undefined ? undefined : this.bind(pattern.name, { kind: 'something' });
      case 'MatchAs':
        this.bind(pattern.name, { kind: 'something' });
        return this.captures(pattern.pattern);
      case 'MatchOr':
      case 'MatchSequence':
      case 'MatchClass':
        for (const inner of pattern.patterns) this.captures(inner);
        return;
      case 'MatchMapping':
        for (const { pattern: inner } of pattern.entries) this.captures(inner);
        return pattern.rest === undefined ? undefined : this.bind(pattern.rest, { kind: 'something' });
      default:
    }
  }

  /** In a comprehension too they bind in the scope around it. */
  private walruses(expression: Expression): void {
    for (const part of expressionsIn(expression)) {
      if (part.kind === 'NamedExpr') this.bind(part.target.id, { kind: 'value', value: part.value, path: [] });
    }
  }

  private bind(name: string, binding: Binding): void {
    const bindings = this.names.get(name);
    if (bindings === undefined) this.names.set(name, [binding]);
    else bindings.push(binding);
  }
}
