import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root } from './moe-check.js';

interface Manifest {
  commands: Record<
    string,
    {
      args: Record<string, { required?: boolean; default?: unknown }>;
      flags: Record<
        string,
        { type: string; options?: readonly string[]; multiple?: boolean; exclusive?: readonly string[] }
      >;
    }
  >;
}

it('has the commands, arguments and flags that scripts rely on', () => {
  const { commands }: Manifest = JSON.parse(readFileSync(path.join(root, 'oclif.manifest.json'), 'utf8'));
  const surface = Object.entries(commands)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { args, flags }]) => {
      const words = Object.entries(args).map(([name, { required }]) => (required ? ` ${name}` : ` [${name}]`));
      const options = Object.entries(flags).map(([name, { type, options = [], multiple }]) =>
        [
          '\n  --',
          name,
          type === 'boolean' ? '' : ` <${options.join('|') || 'text'}>`,
          multiple ? ' (multiple)' : '',
        ].join(''),
      );
      return `${id.replaceAll(':', ' ')}${words.join('')}${options.sort().join('')}`;
    });
  expect(surface.join('\n')).toMatchInlineSnapshot(`
    "checks explain id
    checks list
      --json
    compare run [other]
      --golden <text>
      --json
    golden update run
      --golden <text>
      --json
      --reason <text>
      --seeds <text>
    init [path]
      --print
    launch [path]
      --config <text>
      --fail-on <info|warning|error>
      --force
      --no-cache
      --only <text> (multiple)
      --python <text>
      --skip <text> (multiple)
      --tier <static|import|launch>
      --timeout <text>
    plots [path]
      --config <text>
      --fail-on <info|warning|error>
      --json
      --no-cache
      --python <text>
      --tier <static|import|launch>
      --timeout <text>
    preflight [path]
      --bisect
      --config <text>
      --fail-on <info|warning|error>
      --from-artifacts <text>
      --json
      --no-cache
      --only <text> (multiple)
      --python <text>
      --record
      --save-artifacts <text>
      --skip <text> (multiple)
      --tier <static|import|launch>
      --timeout <text>
      --train
    train
      --all
      --backend <tfjs-node-gpu|tfjs-node|wasm|cpu>
      --check
      --config <text>
      --json
      --out <text>
      --resume
      --seed <text>
      --set <text> (multiple)
      --steps <text>
    validate path
      --json
      --schema <text>
    watch [path]
      --config <text>
      --fail-on <info|warning|error>
      --no-cache
      --only <text> (multiple)
      --python <text>
      --skip <text> (multiple)
      --tier <static|import|launch>
      --timeout <text>"
  `);
});
