import { stripVTControlCharacters } from 'node:util';
import { Chalk, type ChalkInstance } from 'chalk';
import stringWidth from 'string-width';

/** What the place we print to can show. */
export interface Screen {
  /** Columns. */
  width: number;
  colour: boolean;
  /** Symbols outside of ASCII. */
  unicode: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const narrowest = 40;
/** Longer lines are hard to read, however wide the window. */
const widest = 100;

/** What a stream can show: by NO_COLOR, FORCE_COLOR, TERM, COLUMNS and the locale; 80 columns where nobody tells. */
export function screenOf(stream: { isTTY?: boolean; columns?: number }, environment: Environment): Screen {
  const columns = stream.columns ?? (Number(environment['COLUMNS']) || 80);
  return {
    width: Math.min(Math.max(columns, narrowest), widest),
    colour: wantsColour(stream, environment),
    unicode: speaksUnicode(environment),
  };
}

function wantsColour(stream: { isTTY?: boolean }, environment: Environment): boolean {
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (environment['NO_COLOR']) return false;
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
}

function speaksUnicode(environment: Environment): boolean {
  if (process.platform === 'win32') return environment['WT_SESSION'] !== undefined;
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  return /utf-?8/i.test(locale);
}

export function paintFor(screen: Screen): ChalkInstance {
  return new Chalk({ level: screen.colour ? 1 : 0 });
}

/**
 * Breaks a text into lines of at most `width` columns as they are displayed, at spaces where it can, and through a
 * word where it must. Line breaks of the text stay.
 */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width));
}

/** A number stays with its unit. */
const betweenWords = /(?<= )(?!(?<=\d )(?:min|m?s|[KMG]B)\b)(?=\S)/;

function wrapLine(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(betweenWords)) {
    if (displayWidth(current + word.trimEnd()) <= width) {
      current += word;
      continue;
    }
    if (current !== '') lines.push(current.trimEnd());
    const pieces = chop(word, width);
    lines.push(...pieces.slice(0, -1));
    current = pieces.at(-1) ?? '';
  }
  return [...lines, current.trimEnd()];
}

function chop(word: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let current = '';
  // Made where it is needed, which is seldom: it takes as long as a whole report.
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of graphemes.segment(word)) {
    if (current !== '' && displayWidth((current + segment).trimEnd()) > width) {
      pieces.push(current);
      current = '';
    }
    current += segment;
  }
  return [...pieces, current];
}

export function displayWidth(text: string): number {
  return stringWidth(text);
}

export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Text that somebody else wrote, without what would move the cursor, colour the screen or ring the bell. */
export function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll('\t', '    ')
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\P{Cc}\n]/gu, '');
}

/** `0.4 s`, `12 s`, `3 min 20 s` */
export function seconds(milliseconds: number): string {
  const s = milliseconds / 1000;
  if (s < 10) return `${s.toFixed(1)} s`;
  const whole = Math.round(s);
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
