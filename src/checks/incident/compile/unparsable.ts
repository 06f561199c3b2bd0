import type { Source } from '../../../collectors/source.js';
import type { Finding } from '../../../engine/types.js';

/** What can be told without the interpreter. That a syntax is wrong and not only newer than we know, it knows best. */
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
    const message = `${at}: this is no Python that we know; the interpreter would tell for certain`;
    return {
      ...found,
      code: 'syntax-error',
      severity: 'warning',
      message,
      fix: 'moe-check preflight --tier import --only incident/compile',
    };
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
