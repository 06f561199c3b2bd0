import type { Analysis } from '../source/analysis.js';
import type { Module } from '../source/program.js';
import type { Dict, Expression, Statement } from '../source/syntax/tree.js';
import { dottedName, expressionsIn, lastName } from '../source/syntax/walk.js';
import { drawsOthers } from './beside-tables.js';
import type { Charts } from './charts.js';
import type { Arm, Dispatch } from './dispatch.js';
import { meaningOf, ownExpressions, withoutValue, type Scope } from './scopes.js';
import { registriesIn, type Registry } from './registries.js';
import { textOf } from './texts.js';

const drawnBesides = 'what the table lacks may be drawn beside the look-up';

interface Table {
  node: Dict;
  arms: Arm[];
  subjects: { module: Module; expression: Expression }[];
  open?: string;
  strict: boolean;
}

/**
 * The dict displays whose keys are texts and whose values name a function or class, and that are looked something up in.
 * @param scopes all, and those of them in which something may be drawn.
 */
export function findTables(
  analysis: Analysis,
  charts: Charts,
  scopes: { all: readonly Scope[]; drawing: readonly Scope[] },
): Dispatch[] {
  const registries = registriesIn(analysis);
  const filled = new Set([
    ...scopes.drawing.flatMap((scope) => namesFilled(scope, charts)),
    ...[...registries.values()].flatMap((registry) => nameRegistered(registry, charts)),
  ]);
  const tables = new Map<Dict, Table>();
  const names = new Set<string>();
  for (const scope of filled.size > 0 ? scopes.all : scopes.drawing) {
    for (const { node, targets } of dictsIn(scope)) {
      const isFilled = node.entries.length === 0 && targets.some((name) => filled.has(name));
      const table = isFilled || charts.mayBeDrawnBy(node) ? tableOf(analysis, scope.module, node) : undefined;
      if (table === undefined) continue;
      tables.set(node, table);
      for (const name of targets) {
        names.add(name);
        for (const alias of analysis.inference.uses.aliases.get(name) ?? []) names.add(alias);
      }
    }
  }
  for (const scope of scopes.all) if (tables.size > 0) noteUses(analysis, scope, { tables, names, registries });
  return [...tables.values()].filter(({ subjects, arms }) => subjects.length > 0 && arms.length > 0);
}

interface Tables {
  tables: ReadonlyMap<Dict, Table>;
  /** What they are called. */
  names: ReadonlySet<string>;
  registries: ReadonlyMap<Statement, Registry>;
}

/** Dict displays, with the names of variables and attributes that they are assigned to. */
function* dictsIn({ own }: Scope): Generator<{ node: Dict; targets: readonly string[] }> {
  const assigned = new Set<Expression>();
  for (const statement of own.statements) {
    const isAssigned = statement.kind === 'Assign' || statement.kind === 'AnnAssign';
    if (!isAssigned || statement.value?.kind !== 'Dict') continue;
    const targets = statement.kind === 'Assign' ? statement.targets : [statement.target];
    assigned.add(statement.value);
    yield { node: statement.value, targets: targets.flatMap((target) => lastName(target) ?? []) };
  }
  for (const node of own.nodes) if (node.kind === 'Dict' && !assigned.has(node)) yield { node, targets: [] };
}

/** What gets something that draws stored under a key. */
function namesFilled({ own }: Scope, charts: Charts): string[] {
  return own.statements.flatMap((statement) => {
    if (statement.kind !== 'Assign') return [];
    const names = statement.targets.flatMap((target) =>
      target.kind === 'Subscript' ? (lastName(target.object) ?? []) : [],
    );
    return names.length > 0 && charts.mayBeDrawnBy(statement.value) ? names : [];
  });
}

/** What a decorator stores something in that draws. */
function nameRegistered({ table, entries }: Registry, charts: Charts): readonly string[] {
  const name = lastName(table);
  return name !== undefined && entries.some(({ body }) => charts.mayBeDrawnBy(body)) ? [name] : [];
}

function tableOf(analysis: Analysis, module: Module, node: Dict): Table | undefined {
  const arms: Arm[] = [];
  let open: string | undefined;
  for (const { key, value } of node.entries) {
    const text = key === undefined ? undefined : textOf(analysis, module, key);
    if (key === undefined || text === undefined) {
      open ??= 'the table has entries that are no literals';
      continue;
    }
    if (!namesRenderer(analysis, module, value)) return undefined;
    arms.push({ text, module, at: key.at, drawing: { module, what: value } });
  }
  return { node, arms, subjects: [], strict: false, ...(open === undefined ? {} : { open }) };
}

/** A function or class of the dashboard that is not called here, a lambda, or something that holds one of these. */
function namesRenderer(analysis: Analysis, module: Module, value: Expression): boolean {
  const called = new Set<Expression>();
  for (const part of expressionsIn(value)) {
    if (part.kind === 'Lambda') return true;
    if (part.kind === 'Call') called.add(part.callee);
    if ((part.kind !== 'Name' && part.kind !== 'Attribute') || called.has(part)) continue;
    const meaning = meaningOf(analysis, module, part);
    if (meaning?.kind === 'function' || meaning?.kind === 'class') return true;
  }
  return false;
}

/** Look-ups in the tables, and whatever else is done to them. */
function noteUses(analysis: Analysis, { module, body, own }: Scope, { tables, names, registries }: Tables): void {
  const tableAt = (expression: Expression): Table | undefined => {
    if (expression.kind === 'Dict') return tables.get(expression);
    const name = lastName(expression);
    if (expression.kind !== 'Call' && (name === undefined || !names.has(name))) return undefined;
    const meaning = meaningOf(analysis, module, expression);
    return meaning?.kind === 'container' && meaning.node.kind === 'Dict' ? tables.get(meaning.node) : undefined;
  };
  const stored = new Set<Expression>();
  for (const statement of own.statements) {
    const targets =
      statement.kind === 'Assign' ? statement.targets : statement.kind === 'Delete' ? statement.targets : [];
    for (const target of targets) {
      const table = target.kind === 'Subscript' ? tableAt(target.object) : undefined;
      if (target.kind !== 'Subscript' || table === undefined) continue;
      stored.add(target);
      const registry = registries.get(statement);
      if (registry !== undefined && !registry.isOpen) {
        for (const { body: what, ...entry } of registry.entries) {
          table.arms.push({ ...entry, drawing: { module: entry.module, what } });
        }
        continue;
      }
      const text = textOf(analysis, module, target.index);
      if (text !== undefined && statement.kind === 'Assign') {
        table.arms.push({ text, module, at: target.index.at, drawing: { module, what: statement.value } });
      } else table.open ??= 'the table is changed at run time';
    }
    if (statement.kind === 'AugAssign') {
      const table = tableAt(statement.target);
      if (table !== undefined) table.open ??= 'the table is changed at run time';
    }
  }
  for (const expression of own.nodes) {
    if (expression.kind === 'Subscript' && !stored.has(expression)) {
      const table = tableAt(expression.object);
      if (table === undefined || textOf(analysis, module, expression.index) !== undefined) continue;
      table.subjects.push({ module, expression: withoutValue(expression.index) });
      table.strict ||= !isGuarded(body, expression.index, expression.object);
      if (drawsOthers(body, expression.index, expression)) table.open ??= drawnBesides;
    }
    if (expression.kind !== 'Call' || expression.callee.kind !== 'Attribute') continue;
    const table = tableAt(expression.callee.object);
    if (table === undefined) continue;
    const args = expression.args.map(({ value }) => value);
    noteCall(table, module, expression.callee.name, args);
    const asked = expression.callee.name === 'get' ? args[0] : undefined;
    if (asked !== undefined && drawsOthers(body, asked, expression)) table.open ??= drawnBesides;
  }
}

function noteCall(table: Table, module: Module, method: string, args: readonly Expression[]): void {
  const [first, second] = args;
  if (method === 'get' && first !== undefined) {
    table.subjects.push({ module, expression: withoutValue(first) });
    if (second !== undefined && second.kind !== 'Constant') table.open ??= 'the look-up has a default';
  } else if (!['keys', 'items', 'values', 'copy'].includes(method)) table.open ??= 'the table is changed at run time';
  else if (method === 'items' || method === 'values') table.open ??= 'the table is gone through as a whole';
}

/** `if plot_type in TABLE` somewhere in the same function. */
function isGuarded(body: Scope['body'], index: Expression, table: Expression): boolean {
  const name = dottedName(index);
  return ownExpressions(body).some(
    (each) =>
      each.kind === 'Compare' &&
      (each.ops[0] === 'in' || each.ops[0] === 'not in') &&
      dottedName(each.left) === name &&
      each.comparators[0] !== undefined &&
      lastName(each.comparators[0]) === lastName(table),
  );
}
