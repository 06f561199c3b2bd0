import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, printable, screenOf, seconds, wrap } from '../../src/reporters/layout.js';

describe('wrap', () => {
  it.each([
    ['a short line', 20, ['a short line']],
    ['breaks at a space', 8, ['breaks', 'at a', 'space']],
    ['through/averylongpath', 8, ['through/', 'averylon', 'gpath']],
    ['keeps\nlines  and   gaps', 40, ['keeps', 'lines  and   gaps']],
    ['  keeps the indent', 12, ['  keeps the', 'indent']],
    ['専門家の負荷', 6, ['専門家', 'の負荷']],
    ['🧪🧪🧪', 4, ['🧪🧪', '🧪']],
    ['', 10, ['']],
  ])('%j at %i', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  it('never exceeds the width and loses nothing but spaces at the ends of lines', () => {
    const texts = fc
      .array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.constant('expert')))
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(texts, fc.integer({ min: 12, max: 60 }), (raw, width) => {
        const text = printable(raw);
        const lines = wrap(text, width);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(/\s/gu, '')).toBe(text.replaceAll(/\s/gu, ''));
      }),
    );
  });
});

describe('printable', () => {
  it('takes out what moves the cursor, colours, titles or rings', () => {
    expect(printable('\x1b[31mred\x1b[0m\x1b[2J \x1b]0;title\x07bell\x07 a\r\nb\tc\x9b')).toBe('red bell a\nb    c');
  });
});

describe('the screen', () => {
  const tty = { isTTY: true, columns: 120 };

  it.each([
    ['a terminal', tty, { LANG: 'en_US.UTF-8' }, { width: 100, colour: true, unicode: true }],
    ['a narrow one', { isTTY: true, columns: 60 }, { LC_ALL: 'C.utf8' }, { width: 60, colour: true, unicode: true }],
    ['a pipe', {}, { LANG: 'C' }, { width: 80, colour: false, unicode: false }],
    ['a pipe that is to be coloured', {}, { FORCE_COLOR: '1', LANG: 'C' }, { width: 80, colour: true, unicode: false }],
    ['NO_COLOR', tty, { NO_COLOR: '1', LANG: 'C.UTF-8' }, { width: 100, colour: false, unicode: true }],
    ['an empty NO_COLOR', tty, { NO_COLOR: '' }, { width: 100, colour: true, unicode: false }],
    ['a dumb terminal', tty, { TERM: 'dumb' }, { width: 100, colour: false, unicode: false }],
    ['LC_ALL over LANG', tty, { LC_ALL: 'C', LANG: 'en_US.UTF-8' }, { width: 100, colour: true, unicode: false }],
    ['COLUMNS', {}, { COLUMNS: '50', FORCE_COLOR: '0' }, { width: 50, colour: false, unicode: false }],
    ['a nonsense COLUMNS', {}, { COLUMNS: 'wide' }, { width: 80, colour: false, unicode: false }],
  ])('of %s', (_, stream, environment, expected) => {
    expect(screenOf(stream, environment)).toEqual(expected);
  });
});

it.each([
  [0, '0.0 s'],
  [1234, '1.2 s'],
  [59_600, '60 s'],
  [125_000, '2 min 5 s'],
])('%i ms are %s', (ms, text) => {
  expect(seconds(ms)).toBe(text);
});

it('keeps a number and its unit together', () => {
  expect(wrap('checks: 18 skipped · 0.3 s', 25)).toEqual(['checks: 18 skipped ·', '0.3 s']);
  expect(wrap('it took 2 min 13 s in all', 14)).toEqual(['it took 2 min', '13 s in all']);
  expect(wrap('read 3 so far', 7)).toEqual(['read 3', 'so far']);
});
