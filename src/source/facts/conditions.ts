/** What the tests and handlers around something reckon with: a module that is not there, a file that is not, another Python. */
import { isForTypeCheckers } from '../names/certain-flow.js';
import type { Around } from '../syntax/around.js';
import type { ExceptHandler, Expression, If, Statement, Try } from '../syntax/tree.js';
import { dottedName, expressionsIn, lastName } from '../syntax/walk.js';

/** What is raised where a module is not there. */
export const importFailures = /^(?:ImportError|ModuleNotFoundError|Exception|BaseException)$/;

/** What a loader raises that cannot load. */
export const loadFailures =
  /^(?:OSError|EnvironmentError|IOError|Exception|BaseException)$|(?:HTTPError|RequestException|NotFoundError|ConnectionError|Timeout|TimeoutError)$/;

/** What is raised where a name of a module is not there. */
export const absenceFailures =
  /^(?:AttributeError|ImportError|ModuleNotFoundError|NameError|TypeError|Exception|BaseException)$/;

/** Names of versions and of a module's presence, whatever they are an attribute of. */
const ofEnvironment = /^(?:version_info|find_spec|PY_?[23]\d*|is_(?:\w+_)?available)$/;
/** Flags that hold the result of such a test: bare names or keys, not settings. */
const flag = /^(?:_?(?:HAS|HAVE|has|have)_\w+|\w+_(?:AVAILABLE|INSTALLED|available|installed))$/;
const platforms: ReadonlySet<string> = new Set(['sys.platform', 'sys.version', 'os.name']);
const presenceTests: ReadonlySet<string> = new Set(['hasattr', 'getattr', 'Version', 'parse_version', 'dir']);

/** A test of a version, of a platform, of a module's presence, or of a flag that holds the result of one. */
export function testsEnvironment(test: Expression): boolean {
  return expressionsIn(test).some((part) => {
    switch (part.kind) {
      case 'Name':
        return ofEnvironment.test(part.id) || flag.test(part.id);
      case 'Constant':
        return typeof part.value === 'string' && flag.test(part.value);
      case 'Attribute':
        return ofEnvironment.test(part.name) || platforms.has(dottedName(part) ?? '');
      case 'Call':
        return part.callee.kind === 'Attribute' && lastName(part.callee.object) === 'platform';
      default:
        return false;
    }
  });
}

/** A test of whether a name of a module is there, by itself or by the version. */
export function testsPresence(test: Expression): boolean {
  const asksForName = expressionsIn(test).some((part) =>
    part.kind === 'Call' ? presenceTests.has(lastName(part.callee) ?? '') : lastName(part) === '__version__',
  );
  return asksForName || testsEnvironment(test);
}

/**
 * The conditions of an `if` and of the `elif`s after it.
 * @param inner the `elif` one comes from, whose conditions were seen.
 */
export function testsOf(statement: If, inner?: Around['node']): readonly Expression[] {
  const tests: Expression[] = [];
  for (let each: Statement | undefined = statement; each?.kind === 'If' && each !== inner;) {
    tests.push(each.test);
    each = each.orelse.length === 1 ? each.orelse[0] : undefined;
  }
  return tests;
}

/** `if __name__ == "__main__":` */
export function isMainGuard({ test }: If): boolean {
  return expressionsIn(test).some(isMainTest);
}

/** `__name__ == "__main__"` */
export function isMainTest(test: Expression): boolean {
  if (test.kind !== 'Compare' || test.ops[0] !== '==') return false;
  const sides = [test.left, ...test.comparators.slice(0, 1)];
  const isMain = (side: Expression) => side.kind === 'Constant' && side.value === '__main__';
  return sides.some(isMain) && sides.some((side) => side.kind === 'Name' && side.id === '__name__');
}

/** A block of an `if` that is never executed: under `TYPE_CHECKING` or `False`, or what follows `not TYPE_CHECKING`. */
export function neverRuns({ test, body }: If, block: readonly Statement[] | undefined): boolean {
  if (block === undefined) return false;
  if (block === body) return isNeverTrue(test);
  return test.kind === 'UnaryOp' && test.op === 'not' && isForTypeCheckers(test.operand);
}

function isNeverTrue(test: Expression): boolean {
  if (test.kind === 'BoolOp' && test.op === 'and') return isNeverTrue(test.left) || isNeverTrue(test.right);
  if (test.kind === 'Constant') return test.value === false || test.value === 0;
  return isForTypeCheckers(test);
}

/**
 * Does what is around survive these failures? The body of a `try` that catches them, the handler that makes up for
 * them, the `else` that builds on the body, or a `with suppress(…)`.
 */
export function isGuarded({ node, block }: Around, failures: RegExp): boolean {
  if (node.kind === 'With') return node.items.some(({ context }) => suppresses(context, failures));
  if (node.kind !== 'Try' || block === undefined || block === node.finalbody) return false;
  const handler = handlerWith(block, node);
  return handler === undefined ? catches(node, failures) : isCatching(handler, failures);
}

/** Does some handler catch one of these failures, and go on? */
export function catches({ handlers }: Try, failures: RegExp): boolean {
  return handlers.some((handler) => isCatching(handler, failures));
}

/** The handler that a block of a `try` is the body of. */
export function handlerWith(block: readonly Statement[] | undefined, { handlers }: Try): ExceptHandler | undefined {
  return handlers.find(({ body }) => body === block);
}

/** A handler that ends in `raise` only changes the wording of the failure. */
function isCatching({ type, body }: ExceptHandler, failures: RegExp): boolean {
  return body.at(-1)?.kind !== 'Raise' && (type === undefined || names(type, failures));
}

function suppresses(context: Expression, failures: RegExp): boolean {
  if (context.kind !== 'Call' || lastName(context.callee) !== 'suppress') return false;
  return context.args.some(({ value }) => names(value, failures));
}

function names(types: Expression, failures: RegExp): boolean {
  return expressionsIn(types).some((part) => failures.test(lastName(part) ?? ''));
}
