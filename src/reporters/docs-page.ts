import type { ChalkInstance } from 'chalk';
import { displayWidth, padTo, paintFor, wrap, type Screen } from './layout.js';

/**
 * A page of docs/checks as text for the terminal. It knows the Markdown these pages are written in: headings,
 * paragraphs, lists, fenced code and tables, with `code` and **bold** inside of lines.
 */
export function docsPage(markdown: string, screen: Screen): string {
  const paint = paintFor(screen);
  const lines: string[] = [];
  for (const block of blocksOf(markdown)) lines.push(...render(block, screen, paint), '');
  return lines.join('\n').trimEnd();
}

interface Block {
  kind: 'heading' | 'paragraph' | 'item' | 'code' | 'row';
  text: string;
}

/** Blocks in order. Lines that belong to one paragraph or list item are joined. */
function blocksOf(markdown: string): readonly Block[][] {
  const groups: Block[][] = [];
  let fenced = false;
  let open: Block | undefined;
  const add = (block: Block) => {
    const last = groups.at(-1)?.[0];
    const continues =
      last?.kind === block.kind && block.kind !== 'heading' && block.kind !== 'paragraph' && open !== undefined;
    if (continues) groups.at(-1)?.push(block);
    else groups.push([block]);
    open = block;
  };
  for (const line of markdown.split('\n')) {
    if (/^\s*```/.test(line)) {
      fenced = !fenced;
      open = undefined;
    } else if (fenced) add({ kind: 'code', text: line });
    else if (line.trim() === '') open = undefined;
    else if (/^#+ /.test(line)) add({ kind: 'heading', text: line.replace(/^#+ /, '') });
    else if (/^\s*(?:[-*]|\d+\.) /.test(line)) add({ kind: 'item', text: line.trim() });
    else if (line.startsWith('|')) add({ kind: 'row', text: line });
    else if (open?.kind === 'paragraph' || open?.kind === 'item') open.text += ` ${line.trim()}`;
    else add({ kind: 'paragraph', text: line.trim() });
  }
  return groups;
}

function render(blocks: readonly Block[], screen: Screen, paint: ChalkInstance): readonly string[] {
  const inline = (text: string) =>
    text.replaceAll(/`([^`]+)`/g, (_, code: string) => paint.cyan(code)).replaceAll(/\*\*([^*]+)\*\*/g, '$1');
  const [head] = blocks;
  if (head === undefined) return [];
  const { kind, text } = head;
  switch (kind) {
    case 'heading':
      return [paint.bold(text.replaceAll('`', ''))];
    case 'paragraph':
      return wrap(inline(text), screen.width);
    case 'code':
      return blocks.map((block) => `    ${block.text}`);
    case 'item':
      return blocks.flatMap((block) =>
        hang(/^(?:[-*]|\d+\.) /.exec(block.text)?.[0] ?? '- ', block.text, inline, screen),
      );
    case 'row':
      return table(
        blocks.map((block) => cellsOf(block.text)),
        inline,
        screen,
      );
    default:
      return kind satisfies never;
  }
}

function hang(marker: string, text: string, inline: (text: string) => string, screen: Screen): readonly string[] {
  const [first = '', ...rest] = wrap(inline(text.slice(marker.length)), screen.width - marker.length - 2);
  return [`  ${marker}${first}`, ...rest.map((line) => ' '.repeat(marker.length + 2) + line)];
}

function cellsOf(row: string): readonly string[] {
  return row
    .trim()
    .replaceAll(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** Columns that the last cell needs, lest a table is a column of single words. */
const narrowest = 24;

/** Columns as wide as they need to be, of which the last is wrapped; where that leaves it no room, a row is a list. */
function table(
  rows: readonly (readonly string[])[],
  inline: (text: string) => string,
  screen: Screen,
): readonly string[] {
  const [header = [], , ...body] = rows.map((cells) => cells.map((cell) => cell.replaceAll('`', '')));
  const lines = [header, ...body];
  const widths = header
    .slice(0, -1)
    .map((_, column) => Math.max(...lines.map((cells) => displayWidth(cells[column] ?? ''))));
  const indent = widths.reduce((sum, width) => sum + width + 2, 2);
  if (screen.width - indent < narrowest) {
    return body.flatMap((cells) =>
      cells.flatMap((cell, column) =>
        hang(column === 0 ? '' : '  ', `${column === 0 ? '' : '  '}${header[column]}: ${cell}`, inline, screen),
      ),
    );
  }
  return lines.flatMap((cells) => {
    const [first = '', ...rest] = wrap(inline(cells[widths.length] ?? ''), screen.width - indent);
    const lead = widths.map((width, column) => `${padTo(cells[column] ?? '', width)}  `).join('');
    return [`  ${lead}${first}`, ...rest.map((line) => ' '.repeat(indent) + line)];
  });
}
