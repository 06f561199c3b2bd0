import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

export const root = path.join(import.meta.dirname, '../..');
const bin = path.join(root, 'bin/run.cjs');

export interface Run {
  stdout: string;
  stderr: string;
  exitCode: number | null;
}

export interface RunOptions {
  cwd?: string;
  env?: Readonly<Record<string, string | undefined>>;
  /** Run as another user. */
  uid?: number;
}

export type Started = ChildProcessByStdio<null, Readable, Readable>;

/** What decides how output looks is fixed; a test that is about it sets it. */
const plainEnvironment = { NO_COLOR: '1', FORCE_COLOR: undefined, LC_ALL: 'C.UTF-8', CI: undefined, DEBUG: undefined };

/** Starts the built command line. */
export function start(args: readonly string[], { cwd = root, env = {}, ...user }: RunOptions = {}): Started {
  return spawn(process.execPath, [bin, ...args], {
    ...user,
    cwd,
    env: { ...process.env, ...plainEnvironment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs the built command line to its end. */
export async function moeCheck(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return finish(start(args, options));
}

export async function finish(child: Started): Promise<Run> {
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { stdout, stderr, exitCode: child.exitCode };
}

/** A run as a golden transcript: command, output, exit code, without what differs from machine to machine. */
export async function transcript(args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { stdout, stderr, exitCode } = await moeCheck(args, options);
  const stable = (output: string) =>
    output
      .replaceAll(options.cwd ?? root, '/work')
      .replaceAll(root.replace(/\/$/, ''), '/moe-check')
      .replaceAll(/"startedAt": "[^"]+"/g, '"startedAt": "…"')
      .replaceAll(/"durationMs": \d+/g, '"durationMs": 0')
      .replaceAll(/moe-check\/\S+ \S+ node-\S+/g, 'moe-check/… node-…')
      .replaceAll(/\b\d+(?:\.\d)? s\b/g, '… s');
  const command = `$ moe-check ${args.join(' ')}`.trimEnd();
  const errors = stderr === '' ? '' : `[stderr]\n${stable(stderr)}`;
  return `${command}\n${stable(stdout)}${errors}[exit ${exitCode}]\n`;
}
