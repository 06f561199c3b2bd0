import type { ChalkInstance } from 'chalk';
import type { CellState, PlotMatrix, PlotRow } from '../plots/matrix.js';
import { displayWidth, padTo, paintFor, printable, wrap, type Screen } from './layout.js';

interface Look {
  unicode: string;
  ascii: string;
  colour: (paint: ChalkInstance) => ChalkInstance;
  meaning: string;
}

/** One symbol and one colour a state; the symbol alone says it all. */
const looks: Readonly<Record<CellState, Look>> = {
  covered: {
    unicode: '●',
    ascii: '#',
    colour: (paint) => paint.green,
    meaning: 'offered, drawn, its metrics produced',
  },
  unmeasured: {
    unicode: '◐',
    ascii: '%',
    colour: (paint) => paint.green,
    meaning: 'offered and drawn; its metrics come from where the sources do not show',
  },
  'not-offered': { unicode: '·', ascii: '.', colour: (paint) => paint.dim, meaning: 'not offered' },
  'perhaps-offered': {
    unicode: '◌',
    ascii: '~',
    colour: (paint) => paint.dim,
    meaning: 'drawn; whether it is offered does not show',
  },
  'no-renderer': { unicode: '✖', ascii: 'X', colour: (paint) => paint.red, meaning: 'offered, and nothing draws it' },
  'no-data': {
    unicode: '○',
    ascii: 'O',
    colour: (paint) => paint.red,
    meaning: 'drawn from a metric that nothing produces',
  },
  missing: { unicode: '−', ascii: '-', colour: (paint) => paint.red, meaning: 'expected, and not offered' },
  unexpected: { unicode: '+', ascii: '+', colour: (paint) => paint.red, meaning: 'offered, and not expected' },
  rejected: {
    unicode: '/',
    ascii: '/',
    colour: (paint) => paint.dim,
    meaning: 'the dashboard does not allow this combination',
  },
  failed: { unicode: '!', ascii: '!', colour: (paint) => paint.red, meaning: 'the plot-list function fails' },
  unknown: {
    unicode: '?',
    ascii: '?',
    colour: (paint) => paint.yellow,
    meaning: 'offered; whether it is drawn does not show',
  },
};

const longestLabel = 40;
const indent = '  ';

/** The matrix as a table: a row a plot type, a column a combination, and what the columns and symbols mean. */
export function plotMatrixLines(matrix: PlotMatrix, screen: Screen): readonly string[] {
  const { combinations, rows } = matrix;
  const labels = Math.min(longestLabel, Math.max(0, ...rows.map(({ plotType }) => displayWidth(printable(plotType)))));
  const column = String(combinations.length).length + 1;
  const atOnce = Math.max(1, Math.floor((screen.width - indent.length - labels - 1) / column));
  const blocks: string[] = [];
  for (let from = 0; from < combinations.length; from += atOnce) {
    blocks.push(
      ...blockOf(matrix, { from, to: Math.min(from + atOnce, combinations.length), labels, column }, screen),
      '',
    );
  }
  return [
    ...blocks,
    ...columnNames(matrix, screen),
    ...asked(matrix, screen),
    ...legend(matrix, screen),
    '',
    ...summary(matrix, screen),
  ];
}

/** Who was asked, and where the factors come from. */
function asked({ list, combinations }: PlotMatrix, screen: Screen): readonly string[] {
  if (list === undefined || combinations[0]?.status === 'not-asked') return [];
  const config = list.config === undefined ? '' : ` with ${list.config}`;
  const factors = [...valuesAsked(combinations)].map(([name, values]) => `${name} (${originOf(name, values, list)})`);
  const of = factors.length === 0 ? '' : `; ${factors.join(', ')}`;
  return ['', ...wrapped(`Asked: ${list.function}${config} (${list.how})${of}`, screen), ''];
}

/** What differs between the combinations, each with the values it has in them. */
function valuesAsked(combinations: PlotMatrix['combinations']): ReadonlyMap<string, ReadonlySet<unknown>> {
  const found = new Map<string, Set<unknown>>();
  for (const { overrides } of combinations) {
    for (const [name, value] of Object.entries(overrides)) found.set(name, (found.get(name) ?? new Set()).add(value));
  }
  return new Map([...found].filter(([, values]) => values.size > 1));
}

/** Where the values of a factor come from: from the sources as they were found there, or else from the config. */
function originOf(name: string, asked: ReadonlySet<unknown>, { factors }: NonNullable<PlotMatrix['list']>): string {
  const found = factors.find((factor) => factor.name === name);
  const isAsFound = found?.values.length === asked.size && found.values.every((value) => asked.has(value));
  return isAsFound ? found.how : 'the config of moe-check';
}

interface Block {
  /** Columns, `to` not included. */
  from: number;
  to: number;
  /** Widths. */
  labels: number;
  column: number;
}

function blockOf({ combinations, rows }: PlotMatrix, { from, to, labels, column }: Block, screen: Screen): string[] {
  const paint = paintFor(screen);
  const numbers = combinations.slice(from, to).map((_, index) => String(from + index + 1).padStart(column));
  const head = combinations.length === 1 ? [] : [paint.dim(`${indent}${' '.repeat(labels)} ${numbers.join('')}`)];
  return [
    ...head,
    ...rows.map(({ plotType, cells }) => {
      const shown = cells.slice(from, to).map(({ state }) => {
        const look = looks[state];
        return ' '.repeat(column - 1) + look.colour(paint)(screen.unicode ? look.unicode : look.ascii);
      });
      return `${indent}${padTo(shorten(printable(plotType), labels), labels)} ${shown.join('')}`;
    }),
  ];
}

function shorten(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${[...text].slice(0, width - 3).join('')}...`;
}

/** What the numbers stand for, side by side where that fits. */
function columnNames({ combinations, notAsked }: PlotMatrix, screen: Screen): readonly string[] {
  if (combinations[0]?.status === 'not-asked') {
    const why = notAsked === undefined ? '' : ` (${notAsked})`;
    return wrapped(
      `The combinations were not asked${why}: what is offered is what the sources offer under some condition.`,
      screen,
    );
  }
  const digits = String(combinations.length).length;
  const names = combinations.map(({ name, status, why }, index) => {
    const not = status === 'rejected' ? `  not allowed: ${why}` : status === 'failed' ? `  fails: ${why}` : '';
    return `${String(index + 1).padStart(digits)} ${printable(name + not)}`;
  });
  const widest = Math.max(...names.map(displayWidth)) + 3;
  const beside = Math.max(1, Math.floor((screen.width - indent.length) / widest));
  const high = Math.ceil(names.length / beside);
  if (beside === 1) return names.flatMap((name) => wrapped(name, screen));
  return Array.from({ length: high }, (_, row) => {
    const cells = Array.from({ length: beside }, (_, at) => padTo(names[at * high + row] ?? '', widest));
    return `${indent}${cells.join('').trimEnd()}`;
  });
}

function legend({ rows }: PlotMatrix, screen: Screen): readonly string[] {
  const paint = paintFor(screen);
  const there = new Set(statesIn(rows));
  const entries = Object.entries(looks).filter(([state]) => [...there].some((each) => each === state));
  return entries.map(
    ([, look]) => `${indent}${look.colour(paint)(screen.unicode ? look.unicode : look.ascii)} ${look.meaning}`,
  );
}

function summary({ combinations, rows, of }: PlotMatrix, screen: Screen): readonly string[] {
  const states = statesIn(rows);
  const count = (...wanted: readonly CellState[]) => states.filter((state) => wanted.includes(state)).length;
  const offered = count('covered', 'unmeasured', 'no-renderer', 'no-data', 'unexpected', 'unknown');
  const isAsked = combinations[0]?.status !== 'not-asked';
  const types = `${rows.length} plot type${rows.length === 1 ? '' : 's'}`;
  const size = isAsked ? `${types} × ${combinations.length} combinations` : types;
  const pairs = of === undefined ? '' : ` of ${of}, every pair of values among them`;
  const problems = (
    ['unmeasured', 'no-renderer', 'no-data', 'missing', 'unexpected', 'failed', 'unknown'] as const
  ).flatMap((state) => (count(state) === 0 ? [] : [`${count(state)} ${looks[state].meaning}`]));
  const good = offered === 0 ? 'nothing to cover' : isAsked ? 'all covered' : 'all covered as far as the sources tell';
  const verdict = problems.length === 0 ? good : problems.join('; ');
  return wrapped(`${size}${pairs}: ${offered} offered, ${verdict}`.replace('×', screen.unicode ? '×' : 'x'), screen);
}

function statesIn(rows: readonly PlotRow[]): CellState[] {
  return rows.flatMap(({ cells }) => cells.map(({ state }) => state));
}

function wrapped(text: string, screen: Screen): readonly string[] {
  return wrap(printable(text), screen.width - indent.length).map((line) => indent + line);
}
