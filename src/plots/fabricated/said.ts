import type { Module } from '../../source/program.js';
import type { Expression } from '../../source/syntax/tree.js';
import { expressionsIn, lastName } from '../../source/syntax/walk.js';
import { conditionsOf } from '../../source/values/guards.js';
import { indexOf, type AnyFunction } from '../../source/values/module-index.js';

/** Something that the page says to whoever looks at it. */
interface Said {
  text: string;
  /** Of the whole page: its title, or what it always says at its top level. */
  ofPage: boolean;
  function?: AnyFunction;
}

/** The reader is told that the numbers are not measured. */
export interface Disclosure {
  text: string;
  ofPage: boolean;
}

const titles = /^(?:title|header|set_page_config)$/;
const speaks =
  /^(?:title|header|subheader|set_page_config|info|warning|caption|markdown|write|error|text|success|toast|badge|set_title|suptitle|text|annotate|add_annotation|update_layout|figtext|popover|expander|tabs|metric)$/;
const labels = /^(?:title|name|label|text|annotation_text|page_title|caption|help|legend_title)$/;
const invented =
  /\b(?:mock(?:ed|[- ]?ups?)?|fake|dummy|simulat(?:ed|ion|ions|or)|illustrative|for illustration|made[- ]up|hypothetical|not real|random(?:ly)?[- ](?:generated|data|walk|numbers|values)|monte[- ]carlo|(?:demo|sample|example|placeholder|test) (?:data|dataset|values|numbers|metrics|plots?|charts?|runs?|mode))\b/i;
const labelled = new RegExp(`${invented.source}|\\b(?:demo|example|sample|random|synthetic|toy)\\b`, 'i');

const texts = new WeakMap<Module, readonly Said[]>();

/** What tells the reader of a chart that its numbers are invented: its page, or something nearby. */
export function disclosureOf(
  places: readonly { module: Module; function?: AnyFunction }[],
  chart: readonly string[],
): Disclosure | undefined {
  const said = places.flatMap(({ module, function: fn }) =>
    saidIn(module).map((each) => ({ ...each, isNear: fn !== undefined && each.function === fn })),
  );
  const page = said.find(({ text, ofPage }) => ofPage && invented.test(text));
  if (page !== undefined) return { text: page.text, ofPage: true };
  const own = chart.find((text) => labelled.test(text));
  if (own !== undefined) return { text: own, ofPage: false };
  const near = said.find(({ text, isNear, ofPage }) => (isNear || ofPage) && labelled.test(text));
  return near === undefined ? undefined : { text: near.text, ofPage: false };
}

function saidIn(module: Module): readonly Said[] {
  const known = texts.get(module);
  if (known !== undefined) return known;
  const found: Said[] = [];
  for (const [call, place] of indexOf(module).calls) {
    const name = lastName(call.callee) ?? '';
    const isAlways = [...conditionsOf(place.guard)].length === 0;
    const fn = place.function;
    const isTop =
      fn === undefined || (fn.kind === 'FunctionDef' && /^(?:main|app|run|page|show|render_page)$/.test(fn.name));
    const ofPage = isAlways && speaks.test(name) && (isTop || titles.test(name));
    for (const { name: keyword, value } of call.args) {
      if (keyword === undefined ? !speaks.test(name) : !labels.test(keyword)) continue;
      for (const text of textsIn(value)) found.push({ text, ofPage, ...(fn === undefined ? {} : { function: fn }) });
    }
  }
  texts.set(module, found);
  return found;
}

/** The texts that an expression holds. */
export function* textsIn(expression: Expression): Generator<string> {
  for (const part of expressionsIn(expression)) {
    if (part.kind === 'Constant' && typeof part.value === 'string') yield part.value;
    if (part.kind === 'JoinedStr') for (const each of part.parts) if (typeof each === 'string') yield each;
  }
}
