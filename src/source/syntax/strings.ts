const escapes: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * The text that the inside of a string literal stands for.
 * @param prefix the letters before the quotes, in lower case: `f`, `rb`.
 * @returns undefined for a character given by its Unicode name, which would need the whole table.
 */
export function textOf(body: string, prefix: string): string | undefined {
  const text = /[ft]/.test(prefix) ? body.replaceAll('{{', '{').replaceAll('}}', '}') : body;
  return prefix.includes('r') || !text.includes('\\') ? text : unescaped(text);
}

/** A string literal without placeholders, as it stands in the source. Undefined when it is not closed. */
export function splitLiteral(source: string): { prefix: string; body: string } | undefined {
  const [start, letters = '', quotes = ''] = /^([a-zA-Z]*)('''|"""|'|")/.exec(source) ?? [''];
  if (start === '' || source.length < start.length + quotes.length || !source.endsWith(quotes)) return undefined;
  return { prefix: letters.toLowerCase(), body: source.slice(start.length, -quotes.length) };
}

function unescaped(body: string): string | undefined {
  if (/(?<!\\)(?:\\\\)*\\N\{/.test(body)) return undefined;
  return body.replaceAll(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U(00(?:0[\da-fA-F]|10)[\da-fA-F]{4})|([0-7]{1,3})|([^]))/g,
    (all: string, byte?: string, short?: string, long?: string, octal?: string, single?: string) => {
      const hex = byte ?? short ?? long;
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      return escapes[single ?? ''] ?? all;
    },
  );
}
