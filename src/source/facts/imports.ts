/** What a file imports, and under which conditions. */
import { eachStatement, type Around } from '../syntax/around.js';
import { positionOf, type ModuleSyntax } from '../syntax/tree.js';
import type { ImportUse } from '../types.js';
import {
  handlerWith,
  importFailures,
  isGuarded,
  isMainGuard,
  neverRuns,
  testsEnvironment,
  testsOf,
} from './conditions.js';

/** What the statements of a file import, in their order. */
export function importsOf(syntax: ModuleSyntax): ImportUse[] {
  const found: ImportUse[] = [];
  eachStatement(syntax.body, (statement, around) => {
    if (statement.kind !== 'Import' && statement.kind !== 'ImportFrom') return;
    const { line } = positionOf(syntax, statement.at);
    const context = importContext(around);
    const imported = statement.names.map(({ name }) => name);
    if (statement.kind === 'ImportFrom') {
      found.push({ module: statement.module, level: statement.level, names: imported, line, ...context });
    } else for (const module of imported) found.push({ module, level: 0, names: [], line, ...context });
  });
  return found;
}

type ImportContext = Pick<ImportUse, 'atModuleLevel' | 'guarded' | 'typeCheckingOnly' | 'conditional'>;

/** Says whether an import statement is executed with its module, may fail, or is never executed at all. */
export function importContext(around: Around | undefined): ImportContext {
  const context: ImportContext = { atModuleLevel: true, guarded: false, typeCheckingOnly: false };
  let inner: Around['node'] | undefined;
  for (let each = around; each !== undefined; inner = each.node, each = each.outer) {
    const { node, block } = each;
    if (isBranch(each)) context.conditional = true;
    if (node.kind === 'FunctionDef') context.atModuleLevel = false;
    else if (node.kind === 'If') {
      if (neverRuns(node, block)) context.typeCheckingOnly = true;
      if (testsOf(node, inner).some(testsEnvironment)) context.guarded = true;
    }
    // A try around a function's definition is not around its calls.
    else if (context.atModuleLevel && isGuarded(each, importFailures)) context.guarded = true;
  }
  return context;
}

/** A branch that need not be taken. A main guard is taken by whatever starts the file. */
function isBranch({ node, block }: Around): boolean {
  switch (node.kind) {
    case 'If':
      return !isMainGuard(node);
    case 'While':
    case 'Match':
      return true;
    case 'Try':
      return handlerWith(block, node) !== undefined;
    default:
      return false;
  }
}
