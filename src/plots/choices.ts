import type { Analysis } from '../source/analysis.js';
import type { Module } from '../source/program.js';
import type { Expression, Name } from '../source/syntax/tree.js';
import { indexOf } from '../source/values/module-index.js';
import { lastName, literalText } from '../source/syntax/walk.js';
import { boundAt } from './bound.js';
import { Asked, noTexts, openTexts, through, unite, type FoundTexts } from './found-texts.js';
import { fromCallers, listOf, optionsOf } from './lists.js';
import { meaningOf, ownStatements, scopesOf } from './scopes.js';
import { textOf } from './texts.js';

const deepest = 10;
/** Widgets that give the one option that was chosen. */
const choosers = new Set(['selectbox', 'radio', 'select_slider', 'pills', 'segmented_control']);

/** The texts that an expression may be: a literal, the choice of a widget, an element of a list, what a caller hands over. */
export function choicesOf(analysis: Analysis, module: Module, expression: Expression, depth = 0): FoundTexts {
  if (depth > deepest) return openTexts('it is handed on over too many steps');
  return choices.of(expression, () => chosenFrom(analysis, module, expression, depth));
}

const choices = new Asked();

function chosenFrom(analysis: Analysis, module: Module, expression: Expression, depth: number): FoundTexts {
  const text = expression.kind === 'Name' ? undefined : textOf(analysis, module, expression);
  if (text !== undefined) return { ...noTexts, items: [{ text, module, at: expression.at }] };
  const next = (inner: Expression) => choicesOf(analysis, module, inner, depth + 1);
  switch (expression.kind) {
    case 'IfExp':
      return unite([next(expression.body), next(expression.orelse)]);
    case 'BoolOp':
      return unite([next(expression.left), next(expression.right)]);
    case 'NamedExpr':
      return next(expression.value);
    case 'Call': {
      if (choosers.has(lastName(expression.callee) ?? '')) return optionsOf(analysis, module, expression, depth);
      const meaning = meaningOf(analysis, module, expression.callee);
      if (meaning?.kind !== 'function' || meaning.node.kind === 'Lambda') return openTexts('a call gives it');
      const { node, module: its } = meaning;
      const returned = (indexOf(its).returns.get(node) ?? []).flatMap(({ value }) =>
        value === undefined ? [] : [choicesOf(analysis, its, value, depth + 1)],
      );
      return returned.length === 0 ? openTexts(`${node.name} returns nothing`) : through(unite(returned), node.name);
    }
    case 'Name':
      return ofName(analysis, module, expression, depth);
    case 'Attribute':
    case 'Subscript':
      return ofState(analysis, expression, depth) ?? openTexts('it comes from elsewhere');
    default:
      return openTexts('it is computed');
  }
}

function ofName(analysis: Analysis, module: Module, expression: Name, depth: number): FoundTexts {
  const name = expression.id;
  const bound = boundAt(expression, module);
  if (bound === undefined) {
    const text = textOf(analysis, module, expression);
    return text === undefined
      ? openTexts(`${name} comes from elsewhere`)
      : { ...noTexts, items: [{ text, module, at: expression.at }] };
  }
  const parts = bound.bindings.map((binding): FoundTexts => {
    switch (binding.kind) {
      case 'value':
        return choicesOf(analysis, module, binding.value, depth + 1);
      case 'element':
        return elementOf(analysis, module, binding.of, binding.path, depth);
      case 'passed':
        return fromCallers(analysis, binding.fn, binding, (value, at) => choicesOf(analysis, at, value, depth + 1));
      default:
        return openTexts(`${name} is set in a way that is not understood`);
    }
  });
  return through(unite(parts), name);
}

/** An element of what a loop goes over, through `enumerate`, `zip` and `items`. */
function elementOf(
  analysis: Analysis,
  module: Module,
  iterable: Expression,
  path: readonly number[],
  depth: number,
): FoundTexts {
  const [index, ...rest] = path;
  if (index === undefined) return listOf(analysis, module, iterable, depth + 1);
  if (iterable.kind === 'Call') {
    const name = lastName(iterable.callee);
    const args = iterable.args.map(({ value }) => value);
    const inner = name === 'zip' ? args[index] : name === 'enumerate' && index === 1 ? args[0] : undefined;
    if (inner !== undefined) return elementOf(analysis, module, inner, rest, depth + 1);
  }
  // A list of pairs, or the items of a dict, whose first part is the name.
  return index === 0 && rest.length === 0
    ? listOf(analysis, module, iterable, depth + 1)
    : openTexts('it is taken apart');
}

/** What the session state holds under a key: the choice of the widget with that key, and what is assigned. */
function ofState(analysis: Analysis, expression: Expression, depth: number): FoundTexts | undefined {
  const key = stateKey(expression);
  if (key === undefined) return undefined;
  const parts: FoundTexts[] = [];
  for (const { module, fn, body } of scopesOf(analysis)) {
    for (const statement of ownStatements(body)) {
      if (statement.kind === 'Assign' && statement.targets.some((target) => stateKey(target) === key)) {
        parts.push(choicesOf(analysis, module, statement.value, depth + 1));
      }
    }
    if (fn !== undefined) continue;
    for (const call of indexOf(module).calls.keys()) {
      const its = call.args.find(({ name }) => name === 'key')?.value;
      if (!choosers.has(lastName(call.callee) ?? '') || its?.kind !== 'Constant' || its.value !== key) continue;
      parts.push(optionsOf(analysis, module, call, depth + 1));
    }
  }
  return parts.length === 0 ? undefined : unite(parts);
}

/** `st.session_state.plot_type`, `st.session_state["plot_type"]` */
function stateKey(expression: Expression): string | undefined {
  if (expression.kind === 'Attribute') return isState(expression.object) ? expression.name : undefined;
  if (expression.kind !== 'Subscript' || !isState(expression.object)) return undefined;
  return literalText(expression.index);
}

function isState(expression: Expression): boolean {
  return lastName(expression) === 'session_state';
}
