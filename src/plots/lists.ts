import type { Analysis } from '../source/analysis.js';
import type { Module } from '../source/program.js';
import type { Call, Comprehension, Expression, FunctionDef, Name, Parameter } from '../source/syntax/tree.js';
import { dottedName, lastName } from '../source/syntax/walk.js';
import { indexOf } from '../source/values/module-index.js';
import { argumentsFor } from '../source/values/parameters.js';
import type { FunctionValue } from '../source/values/values.js';
import { boundAt, isAddition } from './bound.js';
import { Asked, noTexts, openTexts, through, unite, type FoundTexts } from './found-texts.js';
import { mutationsIn, type Mutation } from './mutations.js';
import { meaningOf } from './scopes.js';
import { membersOf, textOf } from './texts.js';

/** Longer chains of evidence than this are not followed. */
const deepest = 10;

const multiChoosers = new Set(['multiselect', 'pills', 'segmented_control']);
/** What gives the elements of its first argument. */
const copying = new Set([
  'list',
  'tuple',
  'set',
  'sorted',
  'reversed',
  'frozenset',
  'deepcopy',
  'fromkeys',
  'enumerate',
  'iter',
]);
const views = new Set(['keys', 'items', 'copy']);

/** The texts that a list (tuple, set, generator, keys of a dict) may hold; of pairs, their first parts. */
export function listOf(analysis: Analysis, module: Module, expression: Expression, depth = 0): FoundTexts {
  if (depth > deepest) return openTexts('it is built over too many steps');
  return lists.of(expression, () => elementsOf(analysis, module, expression, depth));
}

const lists = new Asked();

function elementsOf(analysis: Analysis, module: Module, expression: Expression, depth: number): FoundTexts {
  const next = (inner: Expression) => listOf(analysis, module, inner, depth + 1);
  switch (expression.kind) {
    case 'List':
    case 'Tuple':
    case 'Set':
      return unite(
        expression.elements.map((each) =>
          each.kind === 'Starred' ? next(each.value) : element(analysis, module, each),
        ),
      );
    case 'Dict':
      return unite(
        expression.entries.map(({ key, value }) => (key === undefined ? next(value) : element(analysis, module, key))),
      );
    case 'BinOp':
      return expression.op === '+' || expression.op === '|'
        ? unite([next(expression.left), next(expression.right)])
        : openTexts('it is computed');
    case 'IfExp':
      return unite([next(expression.body), next(expression.orelse)]);
    case 'BoolOp':
      return unite([next(expression.left), next(expression.right)]);
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp':
    case 'DictComp':
      return ofComprehension(analysis, module, expression, depth);
    case 'Call':
      return ofCall(analysis, module, expression, depth);
    case 'Name':
      return ofName(analysis, module, expression, depth);
    case 'Attribute':
      return ofMeaning(analysis, module, expression, depth);
    default:
      return openTexts('it is computed');
  }
}

function element(analysis: Analysis, module: Module, expression: Expression): FoundTexts {
  const first = expression.kind === 'Tuple' ? expression.elements[0] : expression;
  const text = first === undefined ? undefined : textOf(analysis, module, first);
  return text === undefined || first === undefined
    ? openTexts('it holds something that is no literal')
    : { ...noTexts, items: [{ text, module, at: first.at }] };
}

/** `[p for p in PLOTS if …]`, `[p.value for p in PlotType]`, `[f"Expert {i}" for i in range(n)]` */
function ofComprehension(analysis: Analysis, module: Module, node: Comprehension, depth: number): FoundTexts {
  const [clause, another] = node.clauses;
  if (clause === undefined || another !== undefined) return openTexts('it is computed');
  const { element: made } = node;
  const target = clause.target.kind === 'Tuple' ? clause.target.elements[0] : clause.target;
  const taken = made.kind === 'Attribute' && made.name === 'value' ? made.object : made;
  const isTaken = target?.kind === 'Name' && taken.kind === 'Name' && target.id === taken.id;
  if (!isTaken) {
    const text = textOf(analysis, module, made);
    return text === undefined ? openTexts('it is computed') : { ...noTexts, items: [{ text, module, at: made.at }] };
  }
  const all = listOf(analysis, module, clause.iterable, depth + 1);
  if (clause.conditions.length === 0) return all;
  return { ...all, items: all.items.map((item) => ({ ...item, uncertain: true })) };
}

function ofCall(analysis: Analysis, module: Module, call: Call, depth: number): FoundTexts {
  const name = lastName(call.callee) ?? '';
  const [first] = call.args;
  if (multiChoosers.has(name)) return optionsOf(analysis, module, call, depth);
  if (copying.has(name) && first !== undefined) return listOf(analysis, module, first.value, depth + 1);
  if (views.has(name) && call.callee.kind === 'Attribute')
    return listOf(analysis, module, call.callee.object, depth + 1);
  if (name === 'chain') return unite(call.args.map(({ value }) => listOf(analysis, module, value, depth + 1)));
  const meaning = meaningOf(analysis, module, call.callee);
  if (meaning?.kind === 'function') return returnedList(analysis, meaning, depth + 1);
  return openTexts(`${dottedName(call.callee) ?? 'a call'} gives it`);
}

/** The options of a widget that lets one choose. */
export function optionsOf(analysis: Analysis, module: Module, call: Call, depth: number): FoundTexts {
  const positional = call.args.filter(({ name, splat }) => name === undefined && splat === undefined);
  const named = (wanted: string) => call.args.find(({ name }) => name === wanted)?.value;
  const options = named('options') ?? positional[1]?.value;
  if (options === undefined) return openTexts('its options do not show');
  const label = named('label') ?? positional[0]?.value;
  const text = label === undefined ? undefined : textOf(analysis, module, label);
  const listed = listOf(analysis, module, options, depth + 1);
  return text === undefined ? listed : through(listed, text);
}

/** What a function that gives a list, or yields, may give. */
export function returnedList(analysis: Analysis, { node, module }: FunctionValue, depth = 0): FoundTexts {
  if (node.kind === 'Lambda') return listOf(analysis, module, node.body, depth + 1);
  const index = indexOf(module);
  const returned = (index.returns.get(node) ?? []).flatMap(({ value }) =>
    value === undefined ? [] : [listOf(analysis, module, value, depth + 1)],
  );
  const yielded = (index.yields.get(node) ?? []).flatMap(({ value, from }) => {
    if (value === undefined) return [];
    return [from ? listOf(analysis, module, value, depth + 1) : element(analysis, module, value)];
  });
  if (returned.length + yielded.length === 0) return openTexts(`${node.name} returns nothing`);
  const all = unite([...returned, ...yielded]);
  return through({ ...all, makers: [node, ...all.makers] }, node.name);
}

function ofName(analysis: Analysis, module: Module, expression: Name, depth: number): FoundTexts {
  const bound = boundAt(expression, module);
  if (bound === undefined) return ofMeaning(analysis, module, expression, depth);
  const name = expression.id;
  const parts = bound.bindings.flatMap((binding): FoundTexts[] => {
    if (binding.kind === 'passed') {
      return [fromCallers(analysis, binding.fn, binding, (value, at) => listOf(analysis, at, value, depth + 1))];
    }
    if (binding.kind !== 'value') return [openTexts(`${name} is set in a way that is not understood`)];
    const { value } = binding;
    return [listOf(analysis, module, isAddition(value, name) ? value.right : value, depth + 1)];
  });
  const mutations = (mutationsIn(module).get(name) ?? []).filter(({ fn }) => fn === bound.fn);
  return through(unite([...parts, ...mutations.map((each) => added(analysis, module, each, depth))]), name);
}

/** What an imported name, a class or an attribute holds. */
function ofMeaning(analysis: Analysis, module: Module, expression: Expression, depth: number): FoundTexts {
  const name = dottedName(expression) ?? 'it';
  const meaning = meaningOf(analysis, module, expression);
  if (meaning?.kind === 'class') {
    const members = membersOf(analysis, meaning);
    if (members === undefined) return openTexts(`${name} is a class`);
    const items = members.map(({ text, at }) => ({ text, at, module: meaning.module }));
    return { ...noTexts, items, names: [name] };
  }
  if (meaning?.kind !== 'container') return openTexts(`${name} comes from elsewhere`);
  const listed = listOf(analysis, meaning.module, meaning.node, depth + 1);
  const elsewhere = mutationsIn(meaning.module).get(lastName(expression) ?? name) ?? [];
  const here = name.startsWith('self.') ? (mutationsIn(module).get(name) ?? []) : [];
  const more = [
    ...elsewhere.map((each) => added(analysis, meaning.module, each, depth)),
    ...here.map((each) => added(analysis, module, each, depth)),
  ];
  return through(unite([listed, ...more]), name);
}

function added(analysis: Analysis, module: Module, { kind, value }: Mutation, depth: number): FoundTexts {
  if (kind === 'less') return openTexts('some are taken away again');
  return kind === 'one' ? element(analysis, module, value) : listOf(analysis, module, value, depth + 1);
}

/** What the callers of a function hand over for a parameter. */
export function fromCallers(
  { inference }: Analysis,
  fn: FunctionValue & { node: FunctionDef },
  { parameter, position }: { parameter: Parameter; position: number },
  read: (value: Expression, module: Module) => FoundTexts,
): FoundTexts {
  const { given, open } = argumentsFor(fn, parameter, position, inference);
  const parts = given.flatMap(({ value, module }) =>
    value.kind === 'Constant' && value.type === 'None' ? [] : [read(value, module)],
  );
  return unite([...parts, ...(open ? [openTexts(`not every call of ${fn.node.name} shows`)] : [])]);
}
