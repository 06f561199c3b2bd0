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
    /** `IndentationError`, `TabError`, `UnicodeDecodeError` … */
    type: string;
    message: string;
    line?: number;
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
