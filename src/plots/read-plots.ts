import type { Analysis } from '../source/analysis.js';
import type { FunctionDef } from '../source/syntax/tree.js';
import { indexOf } from '../source/values/module-index.js';
import { ownerOf } from '../source/values/names.js';
import type { FunctionValue } from '../source/values/values.js';
import { Charts } from './charts.js';
import { choicesOf } from './choices.js';
import { findDispatches, type Dispatch } from './dispatch.js';
import { unite, type FoundTexts } from './found-texts.js';
import { returnedList } from './lists.js';
import { metricKeysByText, type MetricKeys } from './metrics.js';
import { describeList, functionNamed, type Importable, type NamedList } from './plot-list.js';
import { isPattern, matches } from './plot-text.js';
import { isPartlyUnread, meaningOf, pathOf, placeOf, scopesOf, type Scope } from './scopes.js';
import { textUsesIn, type TextUses } from './text-uses.js';
import type { OfferedPlot, PlotGroup, PlotList, PlotSources, RenderedPlot } from './types.js';

/** Names that say that plots are meant. */
const plotWords = /plot|chart|graph|figure|visuali[sz]|\bviz|viz\b|_viz|diagram|heatmap/i;

type ListFunction = FunctionValue & { node: FunctionDef };

/** Dispatches that tell the same plot types apart, and what is known to reach them. */
interface Found {
  dispatches: Dispatch[];
  texts: FoundTexts;
}

/** What the sources say about the plots: which are offered, where each is drawn, and from which metrics. */
export function readPlots(analysis: Analysis, files: readonly Importable[], named: NamedList): PlotSources {
  const scopes = scopesOf(analysis);
  const found = groupsIn(analysis, scopes);
  const lists = listFunctions(analysis, found);
  const wanted = named.list === undefined ? undefined : functionNamed(analysis, named.list, files);
  const list = wanted ?? (named.list === undefined && lists.length === 1 ? lists[0] : undefined);
  // A function that is tied by its texts alone offers them all the same.
  const tied = (list === undefined ? found : found.map((group) => withList(analysis, group, list))).filter(
    ({ texts }) => texts.items.length > 0,
  );
  const groups = describeGroups(analysis, scopes, tied);
  if (list === undefined) return { groups, ...whyNone(named, lists) };
  const described = describeList(analysis, list, files, named);
  if ('whyNot' in described) return { groups, whyNoList: described.whyNot };
  const group = tied.findIndex(({ texts }) => texts.makers.includes(list.node));
  return { groups, list: group === -1 ? described : { ...described, group } };
}

function whyNone(named: NamedList, lists: readonly ListFunction[]) {
  const { list, config } = named;
  if (list !== undefined) {
    // What the sources do not show may be there all the same: the interpreter is asked.
    const given: PlotList = { function: list, how: 'named in the config', factors: [], ...(config && { config }) };
    return { list: given };
  }
  const several = lists.map(({ node, module }) => `${node.name} in ${module.path}`).join(', ');
  return {
    whyNoList:
      lists.length === 0
        ? 'no function was found that gives a list of plots which are told apart where they are drawn; name one with plots.list'
        : `several functions give lists of plots (${several}); name one with plots.list`,
  };
}

function groupsIn(analysis: Analysis, scopes: readonly Scope[]): Found[] {
  const groups: Found[] = [];
  const charts = new Charts(analysis);
  for (const dispatch of findDispatches(analysis, charts, scopes)) {
    const drawn = dispatch.arms.filter(({ drawing }) => charts.areDrawnBy(drawing)).length;
    if (drawn < 2 || drawn * 2 < dispatch.arms.length) continue;
    const texts = unite(dispatch.subjects.map(({ module, expression }) => choicesOf(analysis, module, expression)));
    const named = dispatch.subjects.flatMap(({ expression }) => pathOf(expression) ?? []);
    const whole = { ...texts, names: [...texts.names, ...named] };
    const same = groups.find((group) => shares(group, dispatch, texts));
    if (same === undefined) groups.push({ dispatches: [dispatch], texts: whole });
    else {
      same.dispatches.push(dispatch);
      same.texts = unite([same.texts, whole]);
    }
  }
  return groups;
}

function shares(group: Found, dispatch: Dispatch, texts: FoundTexts): boolean {
  const here = new Set([...dispatch.arms, ...texts.items].map(({ text }) => text));
  return [...group.dispatches.flatMap(({ arms }) => arms), ...group.texts.items].some(({ text }) => here.has(text));
}

/** The functions whose lists reach the dispatches; of one that takes its list from another, the outer one. */
function listFunctions(analysis: Analysis, groups: readonly Found[]): ListFunction[] {
  const reaching = new Set(groups.flatMap(({ texts }) => texts.makers));
  const all = functionsIn(analysis).filter(({ node }) => reaching.has(node) || plotWords.test(node.name));
  const lists = all.flatMap((fn) => {
    const returned = returnedList(analysis, fn);
    const isTied = groups.some((group) => overlaps(group, returned));
    return isTied ? [{ fn, inner: new Set(returned.makers) }] : [];
  });
  const outer = lists.filter(({ fn }) => !lists.some((other) => other.fn.node !== fn.node && other.inner.has(fn.node)));
  return outer.map(({ fn }) => fn);
}

function overlaps({ dispatches }: Found, { items }: FoundTexts): boolean {
  const keys = dispatches.flatMap(({ arms }) => arms.map(({ text }) => text));
  const texts = new Set(items.map(({ text }) => text));
  const common = [...texts].filter((text) => keys.some((key) => matches(text, key))).length;
  return common >= 2 && common * 2 >= texts.size;
}

function withList(analysis: Analysis, group: Found, list: ListFunction): Found {
  if (group.texts.makers.includes(list.node)) return group;
  const returned = returnedList(analysis, list);
  if (!overlaps(group, returned)) return group;
  return { ...group, texts: unite([group.texts, returned]) };
}

function functionsIn({ program }: Analysis): ListFunction[] {
  return program.paths.flatMap((path) => {
    const module = program.module(path);
    if (module === undefined) return [];
    return [...indexOf(module).functions.keys()].flatMap((node) =>
      node.kind === 'FunctionDef' ? [{ kind: 'function' as const, module, node, ...ownerOf(node, module) }] : [],
    );
  });
}

function describeGroups(analysis: Analysis, scopes: readonly Scope[], groups: readonly Found[]): PlotGroup[] {
  // Both go through all files.
  if (groups.length === 0) return [];
  const arms = groups.flatMap(({ dispatches }) => dispatches.flatMap((dispatch) => dispatch.arms));
  const drawings = arms.map(({ drawing }) => drawing);
  const keys = metricKeysByText(analysis, scopes, drawings);
  const uses = textUsesIn(analysis);
  return groups.map((group) => describeGroup(analysis, group, uses, keys));
}

function describeGroup(analysis: Analysis, { dispatches, texts }: Found, uses: TextUses, keys: MetricKeys): PlotGroup {
  const arms = dispatches.flatMap((dispatch) => dispatch.arms);
  const offered = new Map<string, OfferedPlot>();
  for (const { text, module, at, uncertain } of texts.items) {
    const known = offered.get(text);
    if (known !== undefined && (known.uncertain === undefined || uncertain)) continue;
    offered.set(text, {
      plotType: text,
      place: placeOf(analysis, module, at),
      ...(uncertain ? { uncertain } : {}),
      ...(!arms.some((arm) => arm.text === text) && uses.compared.has(text) ? { knownElsewhere: true } : {}),
    });
  }
  const rendered = arms.map(({ text, module, at, drawing }): RenderedPlot => {
    const renderer = 'kind' in drawing.what ? meaningOf(analysis, drawing.module, drawing.what) : undefined;
    const own = arms.filter((arm) => arm.text === text).length;
    return {
      plotType: text,
      place: placeOf(analysis, module, at),
      ...(renderer?.kind === 'function' && renderer.node.kind === 'FunctionDef'
        ? { renderer: `${renderer.module.path}:${renderer.node.name}` }
        : {}),
      ...(!offered.has(text) && (isPattern(text) || (uses.mentioned.get(text) ?? 0) > own)
        ? { mentionedElsewhere: true }
        : {}),
      metrics: keys.readBy(drawing),
    };
  });
  const unread = isPartlyUnread(analysis) ? 'a file was not understood' : undefined;
  const alsoRendered = dispatches.find(({ open }) => open !== undefined)?.open ?? unread;
  const alsoOffered = texts.open ?? unread;
  return {
    offered: [...offered.values()],
    ...(alsoOffered === undefined ? {} : { alsoOffered }),
    rendered,
    ...(alsoRendered === undefined ? {} : { alsoRendered }),
    exhaustive: dispatches.some(({ strict }) => strict) || texts.names.some((name) => plotWords.test(name)),
  };
}
