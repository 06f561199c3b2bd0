import type { CheckReport, Report } from '../engine/report.js';
import type { Finding } from '../engine/types.js';
import { paintFor, seconds, wrap, type Screen } from './layout.js';

export interface WatchedScreen extends Screen {
  /** Lines; absent where output is not a terminal. */
  height?: number;
}

interface Told {
  key: string;
  check: string;
  finding: Finding;
}

/**
 * A verdict that fits on one screen: what changed since the last one first, with the fix of what is new, then every other
 * finding in a line or two.
 * @param before the verdict before; undefined for the first.
 */
export function watchReport(report: Report, before: Report | undefined, screen: WatchedScreen, at: string): string {
  const paint = paintFor(screen);
  const marks = screen.unicode
    ? { new: '+', gone: '−', error: '✖', warning: '▲', info: 'ℹ' }
    : { new: '+', gone: '-', error: 'X', warning: '!', info: 'i' };
  const now = findingsOf(report);
  const known = new Set(before === undefined ? [] : findingsOf(before).map(({ key }) => key));
  const gone =
    before === undefined ? [] : findingsOf(before).filter(({ key }) => !now.some((each) => each.key === key));
  const fresh = before === undefined ? [] : now.filter(({ key }) => !known.has(key));
  const line = (mark: string, { check, finding }: Told, colour = paint.reset) =>
    wrap(`${mark} ${placeOf(finding)}  ${check} ${finding.code}: ${finding.message}`, screen.width).map((text) =>
      colour(text),
    );
  const fixOf = ({ finding: { fix } }: Told) =>
    fix === undefined ? [] : wrap(`fix: ${fix}`, screen.width - 2).map((text) => `  ${text}`);
  const changes = [
    ...fresh.flatMap((each) => [...line(marks.new, each, paint.red), ...fixOf(each)]),
    ...gone.flatMap((each) => line(marks.gone, each, paint.green)),
  ];
  const [word, colour] = verdicts[report.verdict];
  const head = `${paint[colour].bold(word)}  ${summaryOf(report)}  ${paint.dim(`${at} · ${seconds(report.durationMs)}`)}`;
  const since =
    before === undefined
      ? []
      : [changes.length === 0 ? paint.dim('nothing changed since the last verdict') : 'since the last verdict:'];
  const old = now
    .filter((each) => !fresh.includes(each))
    .flatMap((each) => {
      const severity = each.finding.severity ?? 'error';
      return line(marks[severity], each, severity === 'warning' ? paint.yellow : paint.red);
    });
  const body = [...since, ...changes, ...(old.length === 0 || changes.length === 0 ? old : ['', ...old])];
  const room = screen.height === undefined ? body.length : Math.max(3, screen.height - 4);
  const cut =
    body.length > room ? [...body.slice(0, room - 1), paint.dim(`and ${body.length - room + 1} more lines`)] : body;
  return [head, ...cut].join('\n');
}

const verdicts = {
  go: ['GO', 'green'],
  'no-go': ['NO-GO', 'red'],
  unknown: ['CANNOT TELL', 'yellow'],
  error: ['ERROR', 'red'],
} as const;

function findingsOf({ checks }: Report): Told[] {
  return checks.flatMap(({ id, outcome }: CheckReport) =>
    (outcome.status === 'failed' ? outcome.findings : []).map((finding) => ({
      key: `${id} ${finding.code} ${finding.subject}`,
      check: id,
      finding,
    })),
  );
}

function placeOf({ location, subject }: Finding): string {
  return location === undefined
    ? subject
    : [location.file, location.line].filter((part) => part !== undefined).join(':');
}

function summaryOf({ summary, error }: Report): string {
  if (error !== undefined) return error.message;
  const counted = [
    [summary.errors, 'error'],
    [summary.warnings, 'warning'],
  ] as const;
  const told = counted
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}${count === 1 ? '' : 's'}`);
  return told.length === 0 ? `${summary.passed} checks passed` : told.join(', ');
}
