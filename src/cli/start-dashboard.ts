import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { assertLaunchable } from '../collectors/launch/plan.js';
import { fillIn, fillInAll, streamlitCommand, workingFolder } from '../collectors/launch/streamlit-start.js';
import { CannotLook } from '../engine/errors.js';
import type { Artifacts, Settings } from '../engine/types.js';

export interface StartCommand {
  file: string;
  args: readonly string[];
  cwd: string;
  /** Added to our own environment. */
  env: Readonly<Record<string, string>>;
}

/**
 * How the dashboard is started in earnest: the command of the config, or `streamlit run ENTRY` with the interpreter
 * that the preflight found. A port is only named when one is set somewhere; else Streamlit may move on to a free one.
 * @throws CannotLook when there is neither a command nor an entry.
 */
export function startCommand(
  settings: Settings,
  { project, interpreter }: Pick<Artifacts, 'project' | 'interpreter'>,
): StartCommand {
  const { launch } = settings;
  assertLaunchable(settings, project);
  const { number, pinned } = project.port;
  const places = { python: interpreter.executable, port: number };
  const port = pinned ? ['--server.port', String(number)] : [];
  const [file = '', ...args] =
    launch.command === undefined
      ? streamlitCommand(interpreter.executable, project, launch.args, port)
      : [...launch.command, ...launch.args].map((text) => fillIn(text, places));
  return { file, args, cwd: workingFolder(project), env: fillInAll(launch.env, places) };
}

/**
 * Starts a program in the foreground: it has our terminal, gets our signals, and its exit code is returned
 * (128 + n when signal n ended it).
 * @throws CannotLook when it cannot be started.
 */
export function runInForeground({ file, args, cwd, env }: StartCommand): Promise<number> {
  const forward = (signal: NodeJS.Signals) => {
    // A terminal sends Ctrl-C to the whole group: passing it on would interrupt the dashboard twice.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  // Before the start: a signal in between would end us and leave the dashboard running.
  for (const signal of signals) process.on(signal, forward);
  const child = spawn(file, [...args], { cwd, env: { ...process.env, ...env }, stdio: 'inherit' });
  return new Promise<number>((resolve, reject) => {
    child.on('error', (error) => reject(new CannotLook(`${file} could not be started: ${error.message}`)));
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  }).finally(() => {
    for (const signal of signals) process.off(signal, forward);
  });
}
