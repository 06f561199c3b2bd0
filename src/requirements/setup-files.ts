import { readListed, type ListedRequirement } from './requirement-lists.js';
import type { ReadRequirements } from './types.js';

/** What setup.cfg asks for, and the files that `install_requires = file: …` names. */
export interface ReadSetupCfg extends ReadRequirements {
  dependencyFiles: readonly string[];
}

/** Reads `install_requires`, `python_requires` and `[options.extras_require]` of a setup.cfg. */
export function readSetupCfg(file: string, text: string): ReadSetupCfg {
  const listed: ListedRequirement[] = [];
  const python: { specifier: string; file: string; line: number }[] = [];
  const dependencyFiles: string[] = [];
  for (const { section, key, value, line } of iniLines(text)) {
    if (section === 'options.extras_require') listed.push({ text: value, group: key, file, line });
    else if (section !== 'options') continue;
    else if (key === 'python_requires') python.push({ specifier: value, file, line });
    else if (key === 'install_requires' && value.startsWith('file:')) {
      dependencyFiles.push(
        ...value
          .slice('file:'.length)
          .split(',')
          .map((each) => each.trim()),
      );
    } else if (key === 'install_requires') listed.push({ text: value, group: 'main', file, line });
  }
  return { ...readListed(listed), python, dependencyFiles };
}

/** Every non-empty line of every value, as configparser reads them: what is indented continues the key above. */
function* iniLines(text: string): Generator<{ section: string; key: string; value: string; line: number }> {
  let section = '';
  let key = '';
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    if (/^\s*[#;]/.test(written)) continue;
    const content = written.replace(/\s#.*$/, '').trimEnd();
    const header = /^\[([^\]]+)\]/.exec(content)?.[1];
    const entry = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(content);
    if (header !== undefined) {
      section = header.trim();
      key = '';
    } else if (entry !== null) {
      key = (entry[1] ?? '').toLowerCase();
      if (entry[2]) yield { section, key, value: entry[2], line: index + 1 };
    } else if (/^\s+\S/.test(content) && key !== '') {
      yield { section, key, value: content.trim(), line: index + 1 };
    }
  }
}

const stringItem =
  /\s*(?:#[^\n]*\n\s*)*(?:(?<quote>['"])(?<text>(?:(?!\k<quote>)[^\\\n])*)\k<quote>\s*(?:#[^\n]*\n\s*)*(?:,|(?=\])))/y;

/**
 * Reads `install_requires=[…]` of a setup.py when it is a list of plain strings; anything that would have to be
 * executed is left alone.
 */
export function readSetupPy(file: string, text: string): ReadRequirements {
  const listed: ListedRequirement[] = [];
  const start = /\binstall_requires\s*=\s*\[/.exec(text);
  if (start !== null) {
    stringItem.lastIndex = start.index + start[0].length;
    let end = stringItem.lastIndex;
    for (let item = stringItem.exec(text); item !== null; item = stringItem.exec(text)) {
      const requirement = item.groups?.['text'] ?? '';
      const line = text.slice(0, item.index + item[0].indexOf(requirement)).split('\n').length;
      listed.push({ text: requirement, group: 'main', file, line });
      end = stringItem.lastIndex;
    }
    const isLiteral = /^\s*(?:#[^\n]*\n\s*)*\]/.test(text.slice(end));
    if (!isLiteral) listed.length = 0;
  }
  return { ...readListed(listed), python: [] };
}
