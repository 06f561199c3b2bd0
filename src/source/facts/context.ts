import type { Node } from '../parsing/node.js';

const importFailures = /^(?:ImportError|ModuleNotFoundError|Exception|BaseException)$/;
const loadFailures =
  /^(?:OSError|EnvironmentError|IOError|Exception|BaseException)$|(?:HTTPError|RequestException|NotFoundError|ConnectionError|Timeout|TimeoutError)$/;

/** Tests of a version, of a platform, of a module's presence, and flags that hold the result of one (bare names, not settings). */
const environmentTest =
  /\bversion_info\b|\bsys\.(?:platform|version)\b|\bos\.name\b|\bplatform\.\w+\(|\bfind_spec\b|\bPY_?[23]\d*\b|(?<![.\w])_?(?:HAS|HAVE|has|have)_\w+|(?<![.\w])\w+_(?:AVAILABLE|INSTALLED|available|installed)\b|\bis_(?:\w+_)?available\b/;
const neverTrue = /^(?:False|0|(?:\w+\.)*TYPE_CHECKING)$/;
const alwaysTrue = /^not (?:\w+\.)*TYPE_CHECKING$/;

/** Under which conditions an import statement is executed. */
export interface ImportContext {
  atModuleLevel: boolean;
  guarded: boolean;
  typeCheckingOnly: boolean;
  conditional?: true;
}

/** Branches that need not be taken. A main guard is taken by whatever starts the file. */
const branches = new Set(['if_statement', 'elif_clause', 'case_clause', 'except_clause', 'while_statement']);

const mainGuard = /__name__\s*==\s*['"]__main__['"]|['"]__main__['"]\s*==\s*__name__/;

/** True for `if __name__ == "__main__":`. */
export function isMainGuard(node: Node): boolean {
  return mainGuard.test(node.childForFieldName('condition')?.text ?? '');
}

/** Says whether an import statement is executed with its module, may fail, or is never executed at all. */
export function importContext(statement: Node): ImportContext {
  const context: ImportContext = { atModuleLevel: true, guarded: false, typeCheckingOnly: false };
  let child = statement;
  for (let parent = statement.parent; parent !== null; child = parent, parent = parent.parent) {
    if (branches.has(parent.type) && !isMainGuard(parent)) context.conditional = true;
    if (parent.type === 'function_definition') context.atModuleLevel = false;
    else if (parent.type === 'if_statement' || parent.type === 'elif_clause') {
      if (neverRuns(parent, child)) context.typeCheckingOnly = true;
      if (environmentTest.test(conditionsOf(parent))) context.guarded = true;
    }
    // A try around a function's definition is not around its calls.
    else if (context.atModuleLevel && isOptionalPart(parent, child)) context.guarded = true;
  }
  return context;
}

/** True inside a `try` or `suppress` of the same function that catches what a loader raises when it cannot load. */
export function isLoadGuarded(call: Node): boolean {
  let child = call;
  for (let parent = call.parent; parent !== null; child = parent, parent = parent.parent) {
    if (parent.type === 'function_definition' || parent.type === 'lambda') return false;
    if (parent.type === 'try_statement' && isField(parent, 'body', child)) {
      if (handlersOf(parent).some((handler) => catches(handler, loadFailures))) return true;
    } else if (parent.type === 'with_statement' && suppresses(parent, loadFailures)) return true;
  }
  return false;
}

const absenceFailures =
  /^(?:AttributeError|ImportError|ModuleNotFoundError|NameError|TypeError|Exception|BaseException)$/;
const presenceTest = /\bhasattr\s*\(|\bgetattr\s*\(|\b__version__\b|\bVersion\s*\(|\bparse_version\s*\(|\bdir\s*\(/;

/**
 * True where the code reckons with the absence of what `node` names: inside a `try` or handler that catches that, under
 * a test of presence or version, or after a branch under such a test that has left the block.
 */
export function isPresenceGuarded(node: Node): boolean {
  let child = node;
  for (let parent = node.parent; parent !== null; child = parent, parent = parent.parent) {
    if (isTest(parent) && isTestOfPresence(conditionsOf(parent))) return true;
    if (parent.type === 'conditional_expression' && isTestOfPresence(parent.namedChild(1)?.text ?? '')) return true;
    if (parent.type === 'boolean_operator' && isTestOfPresence(parent.childForFieldName('left')?.text ?? ''))
      return true;
    if (isOptionalPart(parent, child, absenceFailures)) return true;
    if (
      parent.type === 'block' &&
      parent.namedChildren.some((each) => each.endIndex <= node.startIndex && hasLeft(each))
    )
      return true;
  }
  return false;
}

function isTest({ type }: Node): boolean {
  return type === 'if_statement' || type === 'elif_clause' || type === 'while_statement';
}

function isTestOfPresence(condition: string): boolean {
  return presenceTest.test(condition) || environmentTest.test(condition);
}

/** `if hasattr(…): …; return` */
function hasLeft(statement: Node): boolean {
  if (statement.type !== 'if_statement' || !isTestOfPresence(conditionsOf(statement))) return false;
  const block = statement.childForFieldName('consequence');
  const last = block?.namedChildren.findLast((child) => child.type !== 'comment');
  return /^(?:return|raise|continue|break)_statement$/.test(last?.type ?? '');
}

/** True for a part of an `if` or `elif` that is never executed: its block under TYPE_CHECKING, what follows the negation. */
export function neverRuns(branch: Node, part: Node): boolean {
  const condition = branch.childForFieldName('condition');
  if (condition === null || condition === part) return false;
  const text = withoutParentheses(condition).text;
  if (!isField(branch, 'consequence', part)) return alwaysTrue.test(text);
  return neverTrue.test(text) || (!/\bor\b/.test(text) && text.split(/\s+and\s+/).some((term) => neverTrue.test(term)));
}

function conditionsOf(branch: Node): string {
  const alternatives = branch.childrenForFieldName('alternative').map((part) => part.childForFieldName('condition'));
  return [branch.childForFieldName('condition'), ...alternatives].map((condition) => condition?.text ?? '').join('\n');
}

/** The body of a try that survives an ImportError, the handler that makes up for it, or the else that builds on it. */
function isOptionalPart(parent: Node, part: Node, failures = importFailures): boolean {
  if (parent.type === 'with_statement') return suppresses(parent, failures);
  if (parent.type !== 'try_statement' || part.type === 'finally_clause') return false;
  if (part.type === 'except_clause') return catches(part, failures);
  return handlersOf(parent).some((handler) => catches(handler, failures));
}

function handlersOf(tryStatement: Node): Node[] {
  return tryStatement.namedChildren.filter((child) => child.type === 'except_clause');
}

/** A handler that ends in `raise` only changes the wording of the failure. */
function catches(handler: Node, failures: RegExp): boolean {
  const block = handler.namedChildren.findLast((child) => child.type === 'block');
  if (block?.namedChildren.findLast((child) => child.type !== 'comment')?.type === 'raise_statement') return false;
  const value = handler.childForFieldName('value');
  return value === null || namesIn(value).some((name) => failures.test(name));
}

function suppresses(withStatement: Node, failures: RegExp): boolean {
  const items = withStatement.namedChildren.find((child) => child.type === 'with_clause')?.text ?? '';
  const suppressed = /\bsuppress\s*\(([^)]*)\)/.exec(items)?.[1];
  return suppressed !== undefined && suppressed.split(/[^\w.]+/).some((name) => failures.test(lastPart(name)));
}

function namesIn(value: Node): string[] {
  const caught = value.type === 'as_pattern' ? (value.namedChild(0) ?? value) : value;
  return caught.text.split(/[^\w.]+/).map(lastPart);
}

function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}

function withoutParentheses(node: Node): Node {
  let inner = node;
  while (inner.type === 'parenthesized_expression') inner = inner.namedChild(0) ?? inner;
  return inner;
}

function isField(parent: Node, field: string, child: Node): boolean {
  return parent.childForFieldName(field) === child;
}
