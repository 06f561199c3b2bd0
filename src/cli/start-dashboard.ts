import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { assertLaunchable } from '../collectors/launch/plan.js';
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
 * that the preflight found. A port is only named when the config names one; else the dashboard's own settings count.
 * @throws CannotLook when there is neither a command nor an entry.
 */
export function startCommand(
  settings: Settings,
  { project, interpreter }: Pick<Artifacts, 'project' | 'interpreter'>,
  extra: readonly string[],
): StartCommand {
  const { launch, root } = settings;
  assertLaunchable(settings, project);
  const fill = (text: string) =>
    text.replaceAll('{python}', interpreter.executable).replaceAll('{port}', String(project.port.number));
  const port = launch.port === undefined ? [] : ['--server.port', String(launch.port)];
  const streamlit = ['{python}', '-m', 'streamlit', 'run', project.entry?.path ?? '', ...port];
  const [file = '', ...args] = [...(launch.command ?? streamlit), ...launch.args].map(fill);
  const env = Object.fromEntries(Object.entries(launch.env).map(([name, value]) => [name, fill(value)]));
  return { file, args: [...args, ...extra], cwd: root, env };
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
