import path from 'node:path';

/** One command of a file, on one line. */
export interface CommandLine {
  /** Where it begins. */
  line: number;
  content: string;
  /** Folder that it is typed in, relative to the root, as far as a `cd` before it tells. */
  folder: string;
  /** Meant to be typed as it stands: not part of a sentence. */
  verbatim: boolean;
}

interface Line {
  line: number;
  content: string;
}

/** The lines of a file that may hold a command. `isFolder` knows the folders of the repository, relative to the root. */
export function commandLines(file: string, text: string, isFolder: (folder: string) => boolean): CommandLine[] {
  const lines = joinedLines(text);
  if (/Dockerfile[^/]*$/i.test(file)) return inFolders(file, oneCommand(lines), isFolder, () => true);
  // Each line of a Makefile has a shell of its own.
  const isScript = file.endsWith('.sh');
  if (!/\.(?:md|rst|txt)$|README[^/]*$/i.test(file)) return inFolders(file, lines, isFolder, () => !isScript);
  let fenced = false;
  const isFence = ({ content }: Line): boolean => /^\s*(?:```|~~~)/.test(content);
  const blocks = new Set(
    lines.filter((each) => {
      if (isFence(each)) fenced = !fenced;
      return fenced;
    }),
  );
  const begins = (each: Line): boolean => isFence(each) || (!blocks.has(each) && each.content.trim() === '');
  return inFolders(file, lines, isFolder, begins).map((each, index) => ({
    ...each,
    verbatim: blocks.has(lines[index] ?? each) || /^(?: {4}|\t)|^\s*\$ |`[^`]*\bstreamlit/.test(each.content),
  }));
}

/** A line that ends in a backslash goes on in the next; so does a list in brackets that is not closed. */
function joinedLines(text: string): Line[] {
  const joined: Line[] = [];
  let start = 0;
  let content = '';
  let listed = 0;
  for (const [index, each] of text.split(/\r?\n/).entries()) {
    if (content === '') start = index + 1;
    content += each.replace(/\\\s*$/, ' ');
    const isOpen = /^\s*(?:(?:CMD|ENTRYPOINT)\s+|(?:command|entrypoint):\s*)\[[^\]]*$/i.test(content);
    listed = isOpen ? listed + 1 : 0;
    if (/\\\s*$/.test(each) || (isOpen && listed < 30)) {
      content += ' ';
      continue;
    }
    joined.push({ line: start, content });
    content = '';
  }
  return content === '' ? joined : [...joined, { line: start, content }];
}

/** An image starts its ENTRYPOINT, when that is a list, with the list of its CMD after it. */
function oneCommand(lines: readonly Line[]): Line[] {
  const last = (name: string): Line | undefined => lines.findLast(({ content }) => listOf(name, content) !== undefined);
  const [entrypoint, cmd] = [last('ENTRYPOINT'), last('CMD')];
  if (entrypoint === undefined || cmd === undefined) return [...lines];
  const words = [listOf('ENTRYPOINT', entrypoint.content), listOf('CMD', cmd.content)].join(', ');
  return lines.flatMap((each) =>
    each === cmd ? [] : [each === entrypoint ? { ...each, content: `ENTRYPOINT [${words}]` } : each],
  );
}

function listOf(name: string, content: string): string | undefined {
  return new RegExp(String.raw`^\s*${name}\s*\[(.*)\]\s*$`, 'i').exec(content)?.[1];
}

/** Follows `cd`; one into what is no folder of the repository is into the repository itself, or nobody knows where. */
function inFolders(
  file: string,
  lines: readonly Line[],
  isFolder: (folder: string) => boolean,
  begins: (line: Line) => boolean,
): CommandLine[] {
  const first = path.posix.dirname(file);
  let folder = first;
  return lines.map((each) => {
    if (begins(each)) folder = first;
    const before = each.content.split(/\bstreamlit\s+run\b/, 1)[0] ?? '';
    for (const [, given = ''] of before.matchAll(/(?:^|[\s`$>;&("'])cd\s+["']?([^\s;&|`"')]+)/g)) {
      const there = [path.posix.join(folder, given), path.posix.normalize(given)]
        .map((each) => each.replace(/(?<=.)\/$/, ''))
        .find((each) => each === '.' || isFolder(each));
      folder = there ?? folder;
    }
    return { ...each, folder, verbatim: true };
  });
}
