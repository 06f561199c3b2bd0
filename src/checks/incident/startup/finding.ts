import type { StackFrame } from '../../../collectors/imports.js';
import type { Finding } from '../../../engine/types.js';

/** A finding, and the known failure whose fix it carries. */
export interface StartupFinding extends Finding {
  explainedBy?: string;
}

/** A stack as Python prints it, at most the last four frames. */
export function stackLines(stack: readonly StackFrame[]): readonly string[] {
  return stack
    .slice(-4)
    .flatMap(({ file, line, function: name, text }) => [
      `  File "${file}", line ${line}, in ${name}`,
      ...(text === undefined ? [] : [`    ${text}`]),
    ]);
}

/** The last words of a log. */
export function lastLines(log: readonly string[], count = 8): readonly string[] {
  return log.filter((line) => line.trim() !== '').slice(-count);
}
