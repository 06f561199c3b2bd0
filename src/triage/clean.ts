import { stripVTControlCharacters } from 'node:util';

const boxEdge = /^\s*(?:[╭┌┏╔╰└┗╚][─━═]+(.*?)[─━═]+[╮┐┓╗╯┘┛╝]|[─━═]{2,}(.*?)[─━═]{2,})\s*$/;
const boxLine = /^\s*[│┃║](.*)[│┃║]\s*$/;

/**
 * The lines as plain text: without colours, without what a progress bar has overwritten, and without the boxes that
 * rich draws around tracebacks (of a box's edge only its title stays).
 */
export function cleanLog(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const plain = stripVTControlCharacters(line).trimEnd().split('\r').at(-1) ?? '';
    const edge = boxEdge.exec(plain);
    if (edge !== null) {
      const title = (edge[1] ?? edge[2] ?? '').trim();
      if (title === '') return [];
      return [title.startsWith('Traceback') && !title.endsWith(':') ? `${title}:` : title];
    }
    return [boxLine.exec(plain)?.[1]?.trimEnd() ?? plain];
  });
}
