import { CLIError } from '@oclif/core/errors';
import * as Flags from '@oclif/core/flags';
import type { Flags as SettingFlags } from '../config/resolve-settings.js';
import { severities, tiers } from '../engine/types.js';

const longestS = 86_400;

/** Flags of every command that takes a look at a dashboard; each of them wins over the config. */
export const lookFlags = {
  only: Flags.string({
    summary: 'run only these checks: ids, groups or globs, separated by commas',
    helpValue: 'CHECK',
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
  }),
  skip: Flags.string({
    summary: 'leave these checks out, in addition to those the config leaves out',
    helpValue: 'CHECK',
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
  }),
  tier: Flags.option({ options: tiers })({
    summary: 'how deep to look: static needs no Python, launch starts the dashboard  [default: launch]',
  }),
  'fail-on': Flags.option({ options: severities })({
    summary: 'the lowest severity that means no-go  [default: error]',
  }),
  python: Flags.string({
    summary: 'the interpreter of the dashboard: a path, or a command on PATH',
    helpValue: 'PYTHON',
  }),
  timeout: Flags.custom<number>({ parse: async (input) => parseSeconds(input) })({
    summary: 'the longest that one import, the launch and each step on the network may take',
    helpValue: 'SECONDS',
  }),
  config: Flags.string({ summary: 'read this config instead of the one that would be found', helpValue: 'FILE' }),
  'no-cache': Flags.boolean({ summary: 'read every source anew, and keep nothing of them for the next run' }),
};

interface LookFlagValues {
  only?: string[] | undefined;
  skip?: string[] | undefined;
  tier?: SettingFlags['tier'] | undefined;
  'fail-on'?: SettingFlags['failOn'] | undefined;
  python?: string | undefined;
  timeout?: number | undefined;
  config?: string | undefined;
  'no-cache'?: boolean | undefined;
}

export function settingFlags(values: LookFlagValues): SettingFlags {
  const { only, skip, tier, 'fail-on': failOn, python, timeout, config, 'no-cache': noCache } = values;
  return {
    ...(only && { only }),
    ...(skip && { skip }),
    ...(tier && { tier }),
    ...(failOn && { failOn }),
    ...(python && { python }),
    ...(timeout && { timeoutS: timeout }),
    ...(config && { config }),
    ...(noCache && { cache: false }),
  };
}

function parseSeconds(input: string): number {
  const value = Number(input);
  if (input.trim() !== '' && value > 0 && value <= longestS) return value;
  throw new CLIError(`expected seconds, more than 0 and at most ${longestS}, not "${input}"`);
}
