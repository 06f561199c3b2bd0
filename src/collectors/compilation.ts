import { defineCollector } from '../engine/define.js';
import { runProbe } from '../python/probe.js';

/** Every Python file, compiled in memory by the target's own interpreter. */
export interface Compilation {
  /** Version of the interpreter that compiled. */
  python: string;
  files: readonly CompiledFile[];
}

export interface CompiledFile {
  path: string;
  status: 'ok' | 'syntax-error' | 'encoding-error' | 'unreadable';
  error?: {
    /** `IndentationError`, `TabError`, `UnicodeDecodeError`; `Crash` when the file ended the interpreter. */
    type: string;
    message: string;
    line?: number;
    /** 1-based, in characters of `text`. */
    column?: number;
    /** The offending source line. */
    text?: string;
  };
  /** SyntaxWarnings that the compiler gave, such as an invalid escape sequence. */
  warnings: readonly { message: string; line: number }[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    compilation: Compilation;
  }
}

export const compilationCollector = defineCollector({
  artifact: 'compilation',
  tier: 'import',
  title: 'compiling the files',
  dependsOn: ['files', 'interpreter'],
  reads: (file) => file.endsWith('.py'),
  deadlineS: () => 300,
  async collect({ settings, signal, artifacts: { files, interpreter } }) {
    const paths = files.python.map((file) => file.path);
    const request = { root: settings.root, paths };
    return (await runProbe(interpreter.executable, 'compile_files', request, {
      cwd: settings.root,
      signal,
    })) as Compilation;
  },
});
