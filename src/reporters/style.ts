import type { ChalkInstance } from 'chalk';
import type { Finding } from '../engine/types.js';
import { displayWidth, paintFor, printable, wrap, type Screen } from './layout.js';

/** How a report for people looks on a screen. */
export interface Style {
  paint: ChalkInstance;
  width: number;
  symbols: Readonly<Record<'passed' | 'error' | 'warning' | 'info' | 'not-run' | 'unknown' | 'bar' | 'dot', string>>;
}

const unicode = { passed: '✔', error: '✖', warning: '▲', info: 'ℹ', 'not-run': '–', unknown: '?', bar: '│', dot: '·' };
const ascii = { passed: 'ok', error: 'X', warning: '!', info: 'i', 'not-run': '-', unknown: '?', bar: '|', dot: '-' };

export function styleFor(screen: Screen): Style {
  return { paint: paintFor(screen), width: screen.width, symbols: screen.unicode ? unicode : ascii };
}

/** What stands below a line of a report is moved in by this. */
export const margin = '    ';

/** A finding: what and where, the message, the evidence, what to do. */
export function findingLines(finding: Finding, style: Style): readonly string[] {
  const { paint, symbols } = style;
  const { symbol, colour } = severest([finding], style);
  const { file, line, column } = finding.location ?? {};
  const place = [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
  return [
    ...indented(`${symbol} ${finding.code}  ${place || finding.subject}`, margin, style, colour),
    ...indented(finding.message, `${margin}  `, style),
    ...(finding.evidence ?? []).flatMap((each) =>
      indented(each, `${margin}  ${symbols.bar} `, style).map((text) => paint.dim(text)),
    ),
    ...(finding.suggestion === undefined ? [] : labelled('did you mean', finding.suggestion, style)),
    ...(finding.fix === undefined ? [] : labelled('fix', finding.fix, style)),
  ];
}

export function labelled(label: string, text: string, style: Style): readonly string[] {
  const [first = '', ...rest] = wrap(printable(text), style.width - margin.length - label.length - 4);
  const hang = ' '.repeat(margin.length + label.length + 4);
  return [`${margin}  ${style.paint.cyan(`${label}:`)} ${first}`, ...rest.map((line) => hang + line)];
}

export function indented(text: string, prefix: string, style: Style, colour = style.paint.reset): readonly string[] {
  return wrap(printable(text), style.width - displayWidth(prefix)).map((line) => prefix + (line && colour(line)));
}

/** Symbol and colour of the worst of some findings. */
export function severest(
  findings: readonly Finding[],
  { paint, symbols }: Style,
): { symbol: string; colour: ChalkInstance } {
  const has = (severity: Finding['severity']) => findings.some((finding) => finding.severity === severity);
  if (has('error')) return { symbol: symbols.error, colour: paint.red };
  if (has('warning')) return { symbol: symbols.warning, colour: paint.yellow };
  return { symbol: symbols.info, colour: paint.blue };
}

/** `2 errors, 1 note`: each count with its word, those of nothing left out. */
export function counted(counts: readonly (readonly [number, string, string])[]): string {
  return counts
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count} ${count === 1 ? one : many}`)
    .join(', ');
}
