/** Does importing a file do more than set a module up? */
import type { Expression, ModuleSyntax, Statement } from '../syntax/tree.js';
import { blocksOf, expressionsOf, lastName, partsOf } from '../syntax/walk.js';
import { isMainGuard, neverRuns } from './conditions.js';

/** Calls by which a module sets itself up: values made of values, loggers, patterns, paths, the environment. */
const settingUp =
  /^(?:super|len|range|sorted|min|max|sum|str|int|float|bool|bytes|zip|map|filter|enumerate|type|isinstance|issubclass|hasattr|getattr|frozenset|set|dict|list|tuple|slice|object|property|staticmethod|classmethod|print|any|all|abs|round|id|repr|next|iter|reversed|vars|callable|namedtuple|TypeVar|ParamSpec|NewType|field|partial|defaultdict|OrderedDict|Counter|deque|count|auto|Path|PurePath|getLogger|Lock|RLock|Event|local|ContextVar|timedelta|Decimal|Fraction|UUID|device|load_dotenv)$/;
const settingUpMethod =
  /^(?:getLogger|getenv|compile|join|dirname|abspath|realpath|expanduser|resolve|absolute|with_suffix|format|strip|lstrip|rstrip|split|splitlines|lower|upper|title|replace|startswith|endswith|keys|values|items|get|setdefault|copy|union|append|extend|insert|update|add|filterwarnings|simplefilter|addHandler|setLevel|NullHandler|StreamHandler|basicConfig|find_spec|environ)$/;
const exception = /(?:Error|Exception|Warning|Exit)$/;

/**
 * True when importing the file does more than set a module up: it calls something of its own or of a library outside
 * functions and classes, or loops there. A script that trains when it is run does; so do some honest modules.
 */
export function actsOnImport({ body }: ModuleSyntax): boolean {
  return body.some(acts);
}

function acts(statement: Statement): boolean {
  switch (statement.kind) {
    case 'FunctionDef':
    case 'ClassDef':
    case 'TypeAlias':
      return false;
    case 'While':
      return true;
    default:
      return expressionsOf(statement).some(callsToAct) || blocksOf(statement).some((block) => actsIn(block, statement));
  }
}

function actsIn(block: readonly Statement[], of: Statement): boolean {
  if (of.kind === 'If' && (neverRuns(of, block) || (block === of.body && isMainGuard(of)))) return false;
  return block.some(acts);
}

function callsToAct(expression: Expression): boolean {
  if (expression.kind === 'Lambda') return false;
  if (expression.kind === 'Await' || (expression.kind === 'Call' && !setsUp(expression.callee))) return true;
  return partsOf(expression).some(callsToAct);
}

function setsUp(callee: Expression): boolean {
  const name = lastName(callee) ?? '';
  if (settingUp.test(name) || exception.test(name)) return true;
  return callee.kind === 'Attribute' && settingUpMethod.test(name);
}
