import type { Node, Tree } from '../parsing/node.js';
import { isMainGuard, neverRuns } from './context.js';
import type { PythonParser } from '../parsing/parser.js';

/** Statements that define or do nothing, whatever is in them. */
const inert = new Set([
  'function_definition',
  'class_definition',
  'decorated_definition',
  'import_statement',
  'import_from_statement',
  'future_import_statement',
  'type_alias_statement',
  'global_statement',
  'pass_statement',
  'comment',
]);

/** Their calls are looked for in the parts that are not blocks; the blocks are statements again. */
const compound = new Set(['if_statement', 'elif_clause', 'else_clause', 'for_statement', 'try_statement']);
const compoundToo = new Set(['except_clause', 'finally_clause', 'with_statement', 'match_statement', 'case_clause']);

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
export function actsOnImport(tree: Tree, parser: PythonParser): boolean {
  const statements: Node[] = [...tree.root.namedChildren];
  for (let node = statements.pop(); node !== undefined; node = statements.pop()) {
    if (inert.has(node.type)) continue;
    if (node.type === 'while_statement') return true;
    if (node.type === 'block' || node.type === 'ERROR') statements.push(...node.namedChildren);
    else if (compound.has(node.type) || compoundToo.has(node.type)) {
      const taken = executedParts(node);
      statements.push(...taken.filter(isStatement));
      if (taken.some((part) => !isStatement(part) && callsToAct(part, parser))) return true;
    } else if (callsToAct(node, parser)) return true;
  }
  return false;
}

function executedParts(node: Node): readonly Node[] {
  if (node.type !== 'if_statement' && node.type !== 'elif_clause') return node.namedChildren;
  const guard = isMainGuard(node);
  const consequence = node.childForFieldName('consequence');
  return node.namedChildren.filter(
    (part) => !neverRuns(node, part) && !(guard && consequence !== null && part === consequence),
  );
}

function isStatement(part: Node): boolean {
  return part.type === 'block' || compound.has(part.type) || compoundToo.has(part.type);
}

function callsToAct(expression: Node, parser: PythonParser): boolean {
  const found = expression.descendantsOfType('call', 'await', 'lambda');
  const hasLambdas = found.some((node) => node.type === 'lambda');
  return found.some((node) => {
    parser.checkTime();
    if (node.type === 'lambda' || (hasLambdas && isInLambda(node, expression))) return false;
    return node.type === 'await' || !setsUp(node.childForFieldName('function'));
  });
}

function setsUp(callee: Node | null): boolean {
  if (callee?.type === 'identifier') return settingUp.test(callee.text) || exception.test(callee.text);
  if (callee?.type !== 'attribute') return false;
  const name = callee.childForFieldName('attribute')?.text ?? '';
  return settingUpMethod.test(name) || settingUp.test(name) || exception.test(name);
}

function isInLambda(node: Node, within: Node): boolean {
  for (let parent = node.parent; parent !== null && parent !== within; parent = parent.parent) {
    if (parent.type === 'lambda') return true;
  }
  return false;
}
