import type { Source } from '../../../collectors/source.js';
import type { Finding } from '../../../engine/types.js';

/** What can be told without the interpreter, which may be of an older Python and take less. */
export function unparsable({
  path,
  problem,
  hasSyntaxErrors,
  syntaxErrorLine,
}: Source['files'][number]): Finding | undefined {
  const line = problem?.line ?? syntaxErrorLine;
  const at = line === undefined ? path : `${path}, line ${line}`;
  const found = { subject: path, location: { file: path, ...(line === undefined ? {} : { line }) } };
  if (hasSyntaxErrors) {
    const message = `${at}: this is no Python, up to 3.15; what is wrong begins there or above`;
    return { ...found, code: 'syntax-error', message, fix: `Correct ${at}.` };
  }
  if (problem === undefined) return undefined;
  switch (problem.kind) {
    case 'encoding':
    case 'binary': {
      const fix = 'Save it as UTF-8, or name its encoding in the first line.';
      return { ...found, code: 'encoding-error', message: `${at}: ${problem.message}`, fix };
    }
    case 'unreadable':
      return { ...found, code: 'unreadable', message: `${path}: ${problem.message}` };
    case 'too-large': {
      const message = `${path}: ${problem.message}; nothing is said about what is in it`;
      return { ...found, code: 'unreadable', severity: 'info', message };
    }
    default:
      return problem.kind satisfies never;
  }
}
