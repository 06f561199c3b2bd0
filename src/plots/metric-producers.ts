import type { Analysis } from '../source/analysis.js';
import type { Module } from '../source/program.js';
import type { Call, Expression, Statement } from '../source/syntax/tree.js';
import { expressionsIn, lastName } from '../source/syntax/walk.js';
import { lookUp } from './look-up.js';
import { isPattern, matches } from './plot-text.js';
import { isPartlyUnread, type Scope } from './scopes.js';
import { textOf } from './texts.js';

/** Calls that bring data from a file or from the network, whose keys the sources do not show. */
const loading =
  /^(?:loads?|safe_load|full_load|read_(?:csv|json|parquet|table|sql\w*|feather|hdf|pickle|excel|ipc)|scan_\w+|json|load_dataset|get_metric_history|search_runs|EventAccumulator|DictReader|urlopen|recv\w*|hgetall|fetchall|fetchone|history|scan_history)$/;

/** Calls that take a key and hand out what is stored under it. */
const reading = new Set([
  'get',
  'pop',
  'getattr',
  'hasattr',
  'startswith',
  'endswith',
  'replace',
  'split',
  'join',
  'format',
]);

/** Where the repository stores something under a key. */
export class MetricProducers {
  /** Every key that is stored somewhere; patterns among them. */
  readonly keys: ReadonlySet<string>;
  private readonly patterns: readonly string[];
  /** Some data is read from files or asked for over the network, or a file of the dashboard was not understood. */
  readonly fromOutside: boolean;

  /** @param renderers bodies of functions that draw, and what they call to do so. */
  constructor(analysis: Analysis, scopes: readonly Scope[], renderers: ReadonlySet<unknown>) {
    const keys = new Set<string>();
    let fromOutside = isPartlyUnread(analysis);
    for (const { module, body, own } of scopes) {
      if (renderers.has(body)) continue;
      const add = (expression: Expression | undefined) => {
        const text = expression === undefined ? undefined : textOf(analysis, module, expression);
        if (text !== undefined && /[^{}]/.test(text)) keys.add(text);
      };
      const store = ({ key, value }: Stored) => {
        // What is only handed on under its own name has to come from elsewhere.
        if (!isRelay(analysis, module, key, value)) add(key);
      };
      for (const statement of own.statements) for (const stored of storedBy(statement)) store(stored);
      for (const expression of own.nodes) {
        if (expression.kind === 'Dict') for (const { key, value } of expression.entries) if (key) store({ key, value });
        for (const key of listedBy(expression)) add(key);
        if (expression.kind !== 'Call') continue;
        for (const { name } of expression.args) if (name !== undefined) keys.add(name);
        fromOutside ||= isLoading(analysis, module, expression);
      }
      for (const name of fieldsIn(own.statements)) keys.add(name);
    }
    this.keys = keys;
    this.patterns = [...keys].filter(isPattern);
    this.fromOutside = fromOutside;
  }

  produces(key: string): boolean {
    if (this.keys.has(key) || this.patterns.some((pattern) => matches(key, pattern))) return true;
    return isPattern(key) && [...this.keys].some((each) => matches(each, key));
  }
}

interface Stored {
  key: Expression;
  /** Absent where it is a part of something else. */
  value?: Expression;
}

/** `metrics["loss"] = …`, also as part of a tuple. */
function storedBy(statement: Statement): Stored[] {
  switch (statement.kind) {
    case 'Assign':
      return statement.targets.flatMap((target) => keysIn(target, statement.value));
    case 'AugAssign':
    case 'AnnAssign':
      return keysIn(statement.target, statement.value);
    case 'For':
      return keysIn(statement.target);
    default:
      return [];
  }
}

function keysIn(target: Expression, value?: Expression): Stored[] {
  if (target.kind === 'Tuple' || target.kind === 'List') return target.elements.flatMap((each) => keysIn(each));
  return target.kind === 'Subscript' ? [{ key: target.index, ...(value && { value }) }] : [];
}

/** `out["loss"] = metrics.get("loss", 0)` */
function isRelay(analysis: Analysis, module: Module, key: Expression, value: Expression | undefined): boolean {
  const text = textOf(analysis, module, key);
  if (value === undefined || text === undefined) return false;
  return expressionsIn(value).some((part) =>
    lookUp(part)
      .slice(1)
      .some((index) => textOf(analysis, module, index) === text),
  );
}

/** Keys of a comprehension, elements of a list of names, names that are handed to a function such as `self.log("loss", value)`. */
function listedBy(expression: Expression): readonly (Expression | undefined)[] {
  switch (expression.kind) {
    case 'DictComp':
      return [expression.element];
    case 'List':
    case 'Tuple':
    case 'Set':
      return expression.elements;
    case 'Call':
      return reading.has(lastName(expression.callee) ?? '') ? [] : expression.args.map(({ value }) => value);
    default:
      return [];
  }
}

/** Fields of a class: what `asdict` and `vars` make keys of. */
function fieldsIn(statements: readonly Statement[]): string[] {
  return statements.flatMap((statement) => {
    const target = statement.kind === 'AnnAssign' ? statement.target : undefined;
    if (target?.kind === 'Name') return [target.id];
    return target?.kind === 'Attribute' ? [target.name] : [];
  });
}

function isLoading(analysis: Analysis, module: Module, { callee }: Call): boolean {
  if (!loading.test(lastName(callee) ?? '')) return false;
  // A function of the dashboard itself is seen through by its own calls.
  const { known } = analysis.inference.valuesOf(callee, module);
  return !known.some(({ kind }) => kind === 'function' || kind === 'class');
}
