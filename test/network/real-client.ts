import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { exec } from '../../src/util/exec.js';

const python = resolve('.venv/bin/python');
/** Whatever the machine sets about Hub, proxies and certificates stays out of the tests. */
const inherited = Object.keys(process.env).filter((name) =>
  /^HF_|^HUGGING|^TRANSFORMERS_|_proxy$|_CA_BUNDLE$|^SSL_CERT|^XDG_CACHE/i.test(name),
);

/** Over our own environment, so that nothing set on the machine decides what a test sees: empty is not set, to Python and to us. */
export const unset: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'https_proxy',
    'http_proxy',
    'all_proxy',
    'no_proxy',
    'hf_token',
    'hugging_face_hub_token',
    'hf_hub_offline',
    'transformers_offline',
  ]
    .flatMap((name) => [name, name.toUpperCase()])
    .map((name) => [name, '']),
);

/** A folder of its own to be HOME and HF_HOME, and an environment that knows no other. */
export function cleanEnvironment(endpoint?: string): { home: string; env: Record<string, string> } {
  const home = mkdtempSync(join(tmpdir(), 'hub-home-'));
  const env = { HOME: home, HF_HOME: join(home, 'hf'), HF_HUB_DISABLE_XET: '1', HF_HUB_DISABLE_TELEMETRY: '1' };
  return { home, env: endpoint === undefined ? env : { ...env, HF_ENDPOINT: endpoint } };
}

/** Runs a script with the real huggingface_hub; what it prints on its last line is JSON. */
export async function runClient(script: string, env: Readonly<Record<string, string>>): Promise<unknown> {
  const without = Object.fromEntries(inherited.map((name) => [name, undefined]));
  const result = await exec(python, ['-B', '-W', 'ignore', '-c', script], { env: { ...without, ...env } });
  if (result.exitCode !== 0) throw new Error(result.stderr);
  return JSON.parse(result.stdout.trim().split('\n').at(-1) ?? 'null');
}
