import type { PythonException, StackFrame } from '../collectors/imports.js';

/** The last of the dashboard's own frames: where a person can do something about it. */
export function innermostOwn(stack: readonly StackFrame[]): StackFrame | undefined {
  return stack.findLast((frame) => frame.own);
}

/** The last of the dashboard's own modules that was being imported. */
export function innermostModule(stack: readonly StackFrame[]): StackFrame | undefined {
  return stack.findLast((frame) => frame.own && frame.function === '<module>');
}

/** Frames as evidence: the dashboard's own and the two innermost, one line each. */
export function stackLines(stack: readonly StackFrame[]): string[] {
  const told = stack.filter((frame, index) => frame.own || index >= stack.length - 2);
  return told.slice(-8).map(({ file, line, function: where, text }) => {
    const place = where === '<module>' ? `${file}:${line}` : `${file}:${line} in ${where}`;
    return text === undefined ? place : `${place}: ${text}`;
  });
}

/** An exception in one line: `ValueError: no such mode`. */
export function exceptionLine({ type, message }: PythonException): string {
  const first = message.split('\n')[0] ?? '';
  return first === '' ? type : `${type}: ${first}`;
}

/** A chain of exceptions as evidence: the diagnosis with its frames, then what it was raised from. */
export function chainLines(exceptions: readonly PythonException[]): string[] {
  const [diagnosis, ...context] = exceptions;
  if (diagnosis === undefined) return [];
  return [
    ...stackLines(diagnosis.stack),
    exceptionLine(diagnosis),
    ...context.map((earlier) => `raised while handling ${exceptionLine(earlier)}`),
  ];
}
