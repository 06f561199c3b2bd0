import type { ChalkInstance } from 'chalk';
import type { CheckReport, Report } from '../engine/report.js';
import type { Finding, Outcome, SerializedError } from '../engine/types.js';
import { displayWidth, padTo, printable, seconds, wrap, type Screen } from './layout.js';
import { counted, findingLines, indented, labelled, margin, severest, styleFor, type Style } from './style.js';

/** Columns that a text gets even where the ids leave it less. */
const narrowest = 12;

/** More findings of one check than this are counted, not shown; --json has all. */
const mostShown = 20;

/**
 * The report for people: quiet where all is well, evidence and fix where it is not, the verdict last.
 * @param more lines that come before the checks, with what they judge.
 */
export function terminalReport(report: Report, screen: Screen, more: readonly string[] = []): string {
  const style = styleFor(screen);
  const checks = [...checkLines(report, style), ...skippedLines(report, style)];
  const blocks = [head(report, style), more, checks, verdictLines(report, style)];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n').trimEnd())
    .join('\n\n')}\n`;
}

function head({ tool, target, facts }: Report, style: Style): readonly string[] {
  const { paint } = style;
  const labels = Math.max(0, ...facts.map((fact) => displayWidth(fact.label)));
  return [
    ...indented(`${tool.name} ${tool.version}  ${target}`, '', style, paint.bold),
    ...facts.flatMap(({ label, value, how }) => {
      const [first = '', ...rest] = wrap(printable(`${value}  (${how})`), style.width - labels - 4);
      return [
        `  ${paint.dim(padTo(label, labels))}  ${first}`,
        ...rest.map((line) => `${' '.repeat(labels + 4)}${line}`),
      ];
    }),
  ];
}

function checkLines({ checks }: Report, style: Style): readonly string[] {
  const told = checks.filter(({ outcome }) => outcome.status !== 'skipped');
  const ids = Math.max(0, ...told.map((check) => check.id.length));
  return told.flatMap((check) => {
    const { symbol, colour, text, details } = describe(check, style);
    const indent = ' '.repeat(displayWidth(style.symbols.passed) + ids + 4);
    const [first = '', ...rest] = wrap(printable(text), Math.max(narrowest, style.width - indent.length));
    const id = padTo(check.id, ids);
    return [
      `${colour(padTo(symbol, displayWidth(style.symbols.passed)))} ${id}   ${first}`,
      ...rest.map((line) => `${indent}${line}`),
      ...details,
    ];
  });
}

/** More checks than this are counted: somebody who asked for a few knows which they did not ask for. */
const mostListed = 4;

/** What was not run, a line a reason: nobody who asked for one check wants a line for every other. */
function skippedLines({ checks }: Report, style: Style): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { id, outcome } of checks) {
    if (outcome.status !== 'skipped') continue;
    byReason.set(outcome.reason, [...(byReason.get(outcome.reason) ?? []), id]);
  }
  const symbol = padTo(style.symbols['not-run'], displayWidth(style.symbols.passed));
  return [...byReason].flatMap(([reason, ids]) => {
    const which = ids.length > mostListed ? `${ids.length} checks` : ids.join(', ');
    const [first = '', ...rest] = wrap(printable(`not run: ${which} (${reason})`), style.width - symbol.length - 1);
    const lines = [`${symbol} ${first}`, ...rest.map((line) => ' '.repeat(symbol.length + 1) + line)];
    return lines.map((line) => style.paint.dim(line));
  });
}

interface Description {
  symbol: string;
  colour: ChalkInstance;
  text: string;
  details: readonly string[];
}

function describe(check: CheckReport, style: Style): Description {
  const { paint, symbols } = style;
  const { outcome } = check;
  const gate = check.gate ? ' (prerequisite, not watched)' : '';
  switch (outcome.status) {
    case 'passed': {
      const details = [
        ...(outcome.notes ?? []).flatMap((note) => findingLines(note, style)),
        ...(outcome.leftOut ?? []).flatMap((reason) => indented(`left out: ${reason}`, margin, style, paint.dim)),
      ];
      return { symbol: symbols.passed, colour: paint.green, text: check.title + gate, details };
    }
    case 'failed':
      return {
        ...severest(outcome.findings, style),
        text: `${tally(outcome.findings)}${gate}`,
        details: failure(check.id, outcome, style),
      };
    case 'not-applicable':
    case 'skipped': {
      const text = `${outcome.status.replace('-', ' ')}: ${outcome.reason}${gate}`;
      return { symbol: symbols['not-run'], colour: paint.dim, text, details: [] };
    }
    case 'blocked': {
      const text = `could not look: ${outcome.error.message}${gate}`;
      return { symbol: symbols.unknown, colour: paint.yellow, text, details: errorLines(outcome.error, style) };
    }
    case 'errored': {
      const text = `a defect of moe-check itself: ${outcome.error.message}${gate}`;
      const fix = `Leave it out with --skip ${check.id}, and report the defect.`;
      return { symbol: symbols.unknown, colour: paint.magenta, text, details: labelled('fix', fix, style) };
    }
    default:
      return outcome satisfies never;
  }
}

function failure(id: string, outcome: Extract<Outcome, { status: 'failed' }>, style: Style): readonly string[] {
  const more = outcome.findings.length - mostShown;
  return [
    ...outcome.findings.slice(0, mostShown).flatMap((finding) => findingLines(finding, style)),
    ...(more > 0 ? indented(`and ${more} more; --json has all`, margin, style) : []),
    ...indented(`moe-check checks explain ${id}`, margin, style, style.paint.dim),
    '',
  ];
}

function errorLines(error: SerializedError, style: Style): readonly string[] {
  return error.fix === undefined ? [] : labelled('fix', error.fix, style);
}

function tally(findings: readonly Finding[]): string {
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  return counted([
    [count('error'), 'error', 'errors'],
    [count('warning'), 'warning', 'warnings'],
    [count('info'), 'note', 'notes'],
  ]);
}

function verdictLines({ verdict, summary, durationMs, looks, error }: Report, style: Style): readonly string[] {
  const { paint, symbols } = style;
  const [word, colour] = (
    {
      go: ['GO', paint.green.bold],
      'no-go': ['NO-GO', paint.red.bold],
      unknown: ['CANNOT TELL', paint.yellow.bold],
      error: ['ERROR', paint.red.bold],
    } as const
  )[verdict];
  const findings = counted([
    [summary.errors, 'error', 'errors'],
    [summary.warnings, 'warning', 'warnings'],
    [summary.infos, 'note', 'notes'],
  ]);
  const checks = counted([
    [summary.passed, 'passed', 'passed'],
    [summary.failed, 'with findings', 'with findings'],
    [summary.blocked, 'could not look', 'could not look'],
    [summary.errored, 'broke', 'broke'],
    [summary.notApplicable, 'not applicable', 'not applicable'],
    [summary.skipped, 'skipped', 'skipped'],
  ]);
  const nothingJudged = verdict === 'unknown' && summary.blocked + summary.errored === 0;
  const note = error?.message ?? (nothingJudged ? 'nothing was judged' : '');
  const parts = [note, findings, checks && `checks: ${checks}`, seconds(durationMs)].filter(Boolean);
  const hang = ' '.repeat(word.length + 2);
  const [first = '', ...rest] = wrap(printable(parts.join(` ${symbols.dot} `)), style.width - hang.length);
  const slow = looks.filter((look) => look.durationMs >= worthTelling);
  const took = slow.map((look) => `${look.title} ${seconds(look.durationMs)}`).join(', ');
  return [
    `${colour(word)}  ${first}`,
    ...rest.map((line) => hang + line),
    ...(took === '' ? [] : indented(took, hang, style, paint.dim)),
  ];
}

/** Looks that took less, in milliseconds, are not worth a word. */
const worthTelling = 100;
