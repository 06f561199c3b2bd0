import type { Subprocess } from 'execa';

export interface ExecOptions {
  cwd?: string;
  /** Added to our own environment; `undefined` removes a variable. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Written to stdin, which then stays open until the process ends: a child that watches it sees us die, however we die. */
  lifeline?: string;
  /** Ends the lifeline while the process runs: a child that watches it takes this as the order to finish. */
  release?: AbortSignal;
  signal?: AbortSignal;
  /** Called with every line of stdout as it comes; stdout is then not kept. */
  onLine?: (line: string) => void;
}

export interface ExecResult {
  stdout: string;
  stderr: string;
  exitCode: number | undefined;
  /** The signal that ended it, ours or somebody else's. */
  signal: string | undefined;
  /** Set when it could not be started at all: ENOENT, EACCES. */
  startError: string | undefined;
}

/** How long a process has to clean up after SIGTERM before it gets SIGKILL. */
const graceMs = 3000;

/**
 * Runs a program with its arguments as an array, never through a shell, and waits for its end.
 * Does not throw for a program that fails: the result says how it ended.
 */
export async function exec(file: string, args: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
  // Not before it is needed: loading it takes longer than all of the static tier.
  const { execa } = await import('execa');
  const child = execa(file, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: { ...options.env } }),
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
    stdin: options.lifeline === undefined ? 'ignore' : 'pipe',
    buffer: { stdout: options.onLine === undefined, stderr: true },
    forceKillAfterDelay: graceMs,
    maxBuffer: 256 * 1024 * 1024,
    reject: false,
    stripFinalNewline: false,
  });
  if (options.lifeline !== undefined) {
    // A child that is gone before it read everything is no error of its own: its exit says what happened.
    child.stdin?.on('error', () => undefined);
    child.stdin?.write(options.lifeline);
    const letGo = () => child.stdin?.end();
    if (options.release?.aborted) letGo();
    else options.release?.addEventListener('abort', letGo, { once: true });
  }
  const { onLine } = options;
  const reading = onLine === undefined ? undefined : readLines(child, onLine);
  const result = await child;
  await reading;
  child.stdin?.destroy();
  return {
    stdout: typeof result.stdout === 'string' ? result.stdout : '',
    stderr: typeof result.stderr === 'string' ? result.stderr : '',
    exitCode: result.exitCode,
    signal: result.signal,
    startError: result.exitCode === undefined && result.signal === undefined ? result.code : undefined,
  };
}

async function readLines(child: Subprocess, onLine: (line: string) => void): Promise<void> {
  try {
    for await (const line of child.iterable({ from: 'stdout' })) onLine(String(line));
  } catch {
    // The end of the process is reported by its result.
  }
}
