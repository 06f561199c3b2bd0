import { CannotLook } from '../engine/errors.js';
import { exec, type ExecOptions } from '../util/exec.js';
import { packageFile } from '../util/package-root.js';

const probeFolder = packageFile('probe/');

/**
 * Keeps Python from writing into the target (.pyc), from buffering and from guessing encodings, and native thread
 * pools from starting threads that would not survive a fork.
 */
export const quietPythonEnvironment: Readonly<Record<string, string>> = {
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONUNBUFFERED: '1',
  PYTHONIOENCODING: 'utf-8',
  OMP_NUM_THREADS: '1',
  TOKENIZERS_PARALLELISM: 'false',
};

export type ProbeOptions = Pick<ExecOptions, 'cwd' | 'env' | 'signal'>;

/**
 * Runs `probe/<script>.py` in the given interpreter: one JSON line of request on stdin (which stays open, so that the
 * probe notices when we die), one JSON document on stdout.
 * @throws CannotLook when the interpreter cannot be started, crashes, or answers with anything but JSON.
 */
export async function runProbe(
  python: string,
  script: string,
  request: unknown,
  options: ProbeOptions = {},
): Promise<unknown> {
  const result = await exec(python, ['-B', `${probeFolder}${script}.py`], {
    ...options,
    env: { ...options.env, ...quietPythonEnvironment },
    lifeline: `${JSON.stringify(request)}\n`,
  });
  options.signal?.throwIfAborted();
  if (result.startError !== undefined) {
    throw new CannotLook(
      `${python} could not be started (${result.startError})`,
      'Name a working interpreter with --python.',
    );
  }
  if (result.exitCode !== 0) {
    const how = result.signal === undefined ? `exited with code ${result.exitCode}` : `was ended by ${result.signal}`;
    throw new CannotLook(
      `${python} ${how} while looking${lastWords(result.stderr)}`,
      'Try the interpreter by hand, or name another with --python.',
    );
  }
  try {
    return JSON.parse(result.stdout);
  } catch {
    throw new CannotLook(
      `${python} answered with something that is not JSON${lastWords(result.stdout)}`,
      'Try the interpreter by hand, or name another with --python.',
    );
  }
}

function lastWords(text: string): string {
  const last = text.trimEnd().split('\n').at(-1)?.trim();
  return last ? `: ${last.slice(0, 300)}` : '';
}
