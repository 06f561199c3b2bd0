import path from 'node:path';
import { parseChain, type ParsedException, type TracebackFrame } from '../../triage/traceback.js';
import type { PythonException, StackFrame } from '../imports.js';
import type { Project } from '../project.js';

/** Tells the dashboard's own files from everybody else's. */
export type FrameReader = (frame: TracebackFrame) => StackFrame;

export function frameReader({ root, files }: Project): FrameReader {
  const own = new Set(files.map((file) => file.path));
  return (frame) => {
    const relative = path.relative(root, path.resolve(root, frame.file)).split(path.sep).join('/');
    return own.has(relative) ? { ...frame, file: relative, own: true } : { ...frame, own: false };
  };
}

/** The exceptions of a printed chain, the diagnosis first. */
export function readExceptions(printed: readonly string[], read: FrameReader): readonly PythonException[] {
  return parseChain(printed).map((exception) => pythonException(exception, read));
}

function pythonException({ type, message, frames }: ParsedException, read: FrameReader): PythonException {
  // Streamlit puts the place of a SyntaxError, as Python prints it, into its message.
  const place = /^File "(.+)", line (\d+)\n([\s\S]*?)(?:\n\s*\^+\s*)?\n?(?:\w+: (.*))?$/.exec(message);
  if (place === null) return { type, message, stack: frames.map(read) };
  const [, file = '', digits, source = '', said = message] = place;
  const [line, text] = [Number(digits), source.trim()];
  const stack = [...frames, { file, line, function: '<module>', text }].map(read);
  return { type, message: said, stack, line, text };
}
