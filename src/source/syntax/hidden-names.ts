/** May a module have names, or submodules, that its text does not show? The one answer to that, with the reasons. */
import { eachExpression, eachStatement, isInFunction, type Around } from './around.js';
import { boundBy } from './bound-names.js';
import type { Expression, Statement } from './tree.js';
import { dottedName } from './walk.js';

/** A means by which a module can have names that its text does not show. */
export type HiddenNames =
  /** `from m import *` when it is imported. */
  | 'star'
  /** `__getattr__`, which is asked for what is not there. */
  | '__getattr__'
  /** `globals()` */
  | 'globals'
  /** `exec(…)` */
  | 'exec'
  /** `locals()` or `vars()` outside functions, where they are the names of the module or of a class. */
  | 'locals'
  /** `sys.modules[__name__]` */
  | 'itself'
  /** Anything else that is done with `sys.modules`. */
  | 'sys.modules'
  /** `__path__`, by which a package finds submodules elsewhere. */
  | '__path__';

/** Whatever hides names from the reader mentions one of these; hardly any file does. */
const mention =
  /\bimport[\s\\]*\*|\b__(?:getattr|path)__\b|\b(?:globals|locals|vars|exec|execfile)\b|\bsys[\s\\]*(?:\.|import\b)/;

/** By which means a module may have names that its text does not show. */
export function hiddenNamesIn(body: readonly Statement[], text: string): readonly HiddenNames[] {
  if (!mention.test(text)) return [];
  const found = new Set<HiddenNames>();
  eachStatement(body, (statement, around) => {
    if (takesModules(statement)) found.add('sys.modules');
    if (isInFunction(around)) return;
    if (isStar(statement)) found.add('star');
    if (!isInClass(around) && boundBy(statement).includes('__getattr__')) found.add('__getattr__');
  });
  eachExpression(body, (expression, around) => {
    const means = meansOf(expression, around);
    if (means !== undefined) found.add(means);
  });
  return [...found].sort();
}

function isStar(statement: Statement): boolean {
  return statement.kind === 'ImportFrom' && statement.names.some(({ name }) => name === '*');
}

/** `from sys import modules` */
function takesModules(statement: Statement): boolean {
  if (statement.kind !== 'ImportFrom' || statement.level > 0 || statement.module !== 'sys') return false;
  return statement.names.some(({ name }) => name === 'modules');
}

function isInClass(around: Around | undefined): boolean {
  for (let each = around; each !== undefined; each = each.outer) if (each.node.kind === 'ClassDef') return true;
  return false;
}

function meansOf(expression: Expression, around: Around): HiddenNames | undefined {
  switch (expression.kind) {
    case 'Name':
      return expression.id === '__path__' ? '__path__' : undefined;
    case 'Attribute':
      if (expression.name === '__path__') return '__path__';
      return expression.name === 'modules' && dottedName(expression) === 'sys.modules'
        ? meansOfModules(around)
        : undefined;
    case 'Call':
      return expression.callee.kind === 'Name'
        ? meansOfCall(expression.callee.id, expression.args.length, around)
        : undefined;
    default:
      return undefined;
  }
}

function meansOfModules({ node }: Around): HiddenNames {
  const isOwn = node.kind === 'Subscript' && node.index.kind === 'Name' && node.index.id === '__name__';
  return isOwn ? 'itself' : 'sys.modules';
}

function meansOfCall(callee: string, argumentCount: number, around: Around): HiddenNames | undefined {
  switch (callee) {
    case 'globals':
      return 'globals';
    case 'exec':
    case 'execfile':
      return 'exec';
    case 'locals':
    case 'vars':
      // In a function they are its own names, and `vars(args)` are those of an object.
      return argumentCount > 0 || isInFunction(around) ? undefined : 'locals';
    default:
      return undefined;
  }
}
