/** What executing a file as a module binds and calls. */
import { eachExpression, type Around } from '../syntax/around.js';
import { boundBy } from '../syntax/bound-names.js';
import type { Expression, ModuleSyntax, Statement } from '../syntax/tree.js';
import { blocksOf, dottedName, statementsIn } from '../syntax/walk.js';
import { isMainGuard, neverRuns } from './conditions.js';

export interface ModuleLevel {
  /** Names bound at module level, or there by `global`. */
  definitions: ReadonlySet<string>;
  /** Dotted names of what statements at module level call. */
  calls: ReadonlySet<string>;
  hasMainGuard: boolean;
}

/** @param text by which what hardly any file does is found quickly. */
export function moduleLevelOf({ body }: ModuleSyntax, text: string): ModuleLevel {
  const executed = executedIn(body);
  const definitions = new Set(executed.flatMap(boundBy));
  if (text.includes('global')) {
    for (const statement of statementsIn(body)) {
      if (statement.kind === 'Global') for (const name of statement.names) definitions.add(name);
    }
  }
  if (text.includes(':=')) {
    eachExpression(body, (expression, around) => {
      if (expression.kind === 'NamedExpr' && isAtModuleLevel(around)) definitions.add(expression.target.id);
    });
  }
  return {
    definitions,
    calls: new Set(executed.flatMap(valuesOf).flatMap(calledName)),
    hasMainGuard: executed.some((statement) => statement.kind === 'If' && isMainGuard(statement)),
  };
}

/** The statements outside functions and classes, but for branches that are never taken. */
function executedIn(body: readonly Statement[]): readonly Statement[] {
  const found: Statement[] = [];
  addExecuted(body, found);
  return found;
}

function addExecuted(body: readonly Statement[], found: Statement[]): void {
  for (const statement of body) {
    found.push(statement);
    if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') continue;
    for (const block of blocksOf(statement)) {
      if (statement.kind !== 'If' || !neverRuns(statement, block)) addExecuted(block, found);
    }
  }
}

function isAtModuleLevel(around: Around | undefined): boolean {
  for (let each = around; each !== undefined; each = each.outer) {
    if (['FunctionDef', 'ClassDef', 'Lambda'].includes(each.node.kind)) return false;
  }
  return true;
}

/** `st.title(…)`, `value = st.slider(…)`, `with st.form(…):` */
function valuesOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'Expr':
    case 'Assign':
      return [statement.value];
    case 'AnnAssign':
      return statement.value === undefined ? [] : [statement.value];
    case 'With':
      return statement.items.map(({ context }) => context);
    default:
      return [];
  }
}

function calledName(value: Expression): readonly string[] {
  const name = value.kind === 'Call' ? dottedName(value.callee) : undefined;
  return name === undefined ? [] : [name];
}
