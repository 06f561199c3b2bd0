import type { Comparison, Lane } from '../metrics/compare/compare-runs.js';
import { wordsFor } from '../metrics/compare/words.js';
import { findingOf } from '../metrics/validate/problems.js';
import { padTo, type Screen } from './layout.js';
import { findingLines, indented, margin, styleFor, type Style } from './style.js';

/** More divergences of one lane than this are counted, not shown; --json has all. */
const mostShown = 5;

/** The report of `moe-check compare` for people: the first divergence of each lane, and what may explain it. */
export function terminalComparison(comparison: Comparison, screen: Screen): string {
  const { run, expected, verdict, differences, lanes } = comparison;
  const style = styleFor(screen);
  const { paint } = style;
  const words = {
    same: paint.green.bold('SAME'),
    different: paint.red.bold('DIFFERENT'),
    unknown: paint.yellow.bold('CANNOT TELL'),
  };
  const failed = lanes.filter((lane) => lane.verdict === 'failed').map(({ lane }) => lane);
  const why = { same: '', different: failed.join(', '), unknown: 'nothing could be compared' }[verdict];
  const settings = differences.flatMap(({ key, expected: wanted, actual }) =>
    indented(`another setting: ${key} is ${actual}, expected ${wanted}`, margin, style, paint.yellow),
  );
  return `${[
    ...indented(`${run}  against ${expected}`, '', style, paint.bold),
    ...settings,
    '',
    ...lanes.flatMap((lane) => laneLines(lane, style)),
    '',
    `${words[verdict]}${why && `  ${why}`}`,
  ].join('\n')}\n`;
}

function laneLines(lane: Lane, style: Style): readonly string[] {
  const { paint, symbols } = style;
  const { symbol, colour } = {
    passed: { symbol: symbols.passed, colour: paint.green },
    failed: { symbol: symbols.error, colour: paint.red },
    'not-applicable': { symbol: symbols['not-run'], colour: paint.dim },
  }[lane.verdict];
  const shown = lane.divergences.slice(0, mostShown);
  const more = lane.divergences.length - shown.length;
  const lead = `${colour(padTo(symbol, symbols.passed.length))} ${padTo(lane.lane, 'invariants'.length)}   `;
  const hang = ' '.repeat(symbols.passed.length + 14);
  const [first = '', ...rest] = indented(summaryOf(lane), hang, style);
  return [
    lead + first.trimStart(),
    ...rest,
    ...shown.flatMap((each) => indented(wordsFor(each), `${margin}${symbols.bar} `, style)),
    ...(more > 0 ? indented(`and ${more} more; --json has all`, margin, style) : []),
    ...lane.problems.slice(0, mostShown).flatMap((problem) => findingLines(findingOf(problem), style)),
  ];
}

function summaryOf({ verdict, reason = '', steps, beyond, newMetrics, divergences, problems }: Lane): string {
  if (verdict === 'not-applicable') return `not applicable: ${reason}`;
  const longer = beyond === 0 ? '' : `, and ${beyond} more of the run`;
  const added = newMetrics.length === 0 ? '' : `; new: ${newMetrics.slice(0, mostShown).join(', ')}`;
  const found = divergences.length + problems.length;
  const differing =
    verdict === 'passed' ? '' : `${found} ${found === 1 ? 'thing is' : 'things are'} not as expected in `;
  return `${differing}${steps} steps${longer}${added}`;
}
