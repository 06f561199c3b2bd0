import type { CompiledFile } from '../../collectors/compilation.js';
import { unparsable } from './compile/unparsable.js';
import { defineCheck } from '../../engine/define.js';
import type { Finding } from '../../engine/types.js';

export const compile = defineCheck({
  id: 'incident/compile',
  title: 'Every Python file compiles',
  why: 'A file that the interpreter cannot compile stops whatever imports it, and often only when a page is opened.',
  severity: 'error',
  codes: {
    'syntax-error': 'the interpreter cannot compile the file',
    'encoding-error': 'the file is not text in the encoding that it claims, or no text at all',
    unreadable: 'the interpreter cannot read the file',
  },
  needs: ['source'],
  deepenedBy: ['compilation'],
  wants: ['project'],
  prerequisite: true,
  run({ source, compilation, project }) {
    const started = new Set(['entry', 'page']);
    const needed = project?.files.flatMap((file) => (file.reachable || started.has(file.role) ? [file.path] : []));
    const aside = (path: string): boolean => needed !== undefined && needed.length > 0 && !needed.includes(path);
    const found =
      compilation === undefined
        ? source.files.map(unparsable)
        : compilation.files.map((file) => judge(file, compilation.python));
    return found.flatMap((finding) => {
      if (finding === undefined) return [];
      return [aside(finding.subject) ? { ...finding, severity: 'warning' as const } : finding];
    });
  },
});

function judge({ path, status, error }: CompiledFile, python: string): Finding | undefined {
  const what = error?.message ?? 'no reason given';
  const { line, column } = error ?? {};
  const location = { file: path, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
  const found = { code: status, subject: path, location, evidence: evidenceOf(path, error) };
  const at = line === undefined ? path : `${path}, line ${line}`;
  switch (status) {
    case 'ok':
      return undefined;
    case 'syntax-error':
      return { ...found, message: `${at}: Python ${python} cannot compile it: ${what}`, fix: `Correct ${at}.` };
    case 'encoding-error':
      return {
        ...found,
        message: `${at}: it is not readable as Python text: ${what}`,
        fix: 'Save it as UTF-8, name its encoding in the first line (# -*- coding: latin-1 -*-), or move it out of the dashboard.',
      };
    case 'unreadable':
      return {
        ...found,
        message: `${path} cannot be read: ${what}`,
        fix: `Let the dashboard's user read it: chmod u+r "${path}"`,
      };
    default:
      return status satisfies never;
  }
}

function evidenceOf(path: string, error: CompiledFile['error']): string[] {
  if (error === undefined) return [];
  const { type, message, line, column, text } = error;
  const shown = text === undefined ? [] : [`${path}:${line ?? 1}: ${text.trimStart()}`];
  const before = (text ?? '').length - (text ?? '').trimStart().length;
  const [prefix] = shown.map((one) => one.length - (text ?? '').trimStart().length);
  const caret =
    prefix === undefined || column === undefined || column <= before
      ? []
      : [`${' '.repeat(prefix + column - 1 - before)}^`];
  return [...shown, ...caret, `${type}: ${message}`];
}
