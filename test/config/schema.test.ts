import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { draftConfig } from '../../src/config/draft-config.js';
import { loadConfigFile } from '../../src/config/config-file.js';
import { resolveSettings } from '../../src/config/resolve-settings.js';
import { validatorOf } from '../../src/util/json-schema.js';

const root = path.join(import.meta.dirname, '../..');

interface Schema {
  description?: string;
  type?: string;
  enum?: readonly unknown[];
  default?: unknown;
  examples?: readonly unknown[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
}

const schema: Schema = JSON.parse(readFileSync(path.join(root, 'schemas/config.schema.json'), 'utf8'));

/** Every key that holds a value, by the path to it: `launch.port`, `network.endpoints`. */
function leaves(at: Schema = schema, prefix: readonly string[] = []): [keys: readonly string[], schema: Schema][] {
  return Object.entries(at.properties ?? {}).flatMap(([key, member]) =>
    member.properties === undefined ? [[[...prefix, key], member]] : leaves(member, [...prefix, key]),
  );
}

/** A value that is allowed and is not the default. */
function someValue(keys: readonly string[], leaf: Schema): unknown {
  if (keys.at(-1) === 'endpoints') return [{ url: 'http://localhost', timeout: 1 }];
  if (keys.at(-1) === 'python') return process.execPath;
  if (leaf.enum !== undefined) return leaf.enum.find((value) => value !== leaf.default);
  return leaf.examples?.[0] ?? 17;
}

/** The keys of maps at any depth. */
function keysIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(keysIn)];
}

async function settingsWith(config: unknown) {
  await using fixture = await createFixture({ 'moe-check.config.json': JSON.stringify(config) });
  return { ...(await resolveSettings(fixture.path)), root: '', configFile: '' };
}

describe('schemas/config.schema.json', () => {
  it.each(leaves().filter(([[key]]) => key !== '$schema'))(
    'has no dead key: %j arrives in the settings',
    async (keys, leaf) => {
      const config = keys.reduceRight<unknown>((value, key) => ({ [key]: value }), someValue(keys, leaf));
      expect(await settingsWith(config)).not.toEqual(await settingsWith({}));
    },
  );

  it('describes every key and every item', () => {
    const undescribed = (at: Schema, name: string): string[] => [
      ...(at.description === undefined ? [name] : []),
      ...Object.entries(at.properties ?? {}).flatMap(([key, member]) => undescribed(member, `${name}.${key}`)),
      ...(at.items === undefined ? [] : undescribed(at.items, `${name}[]`)),
    ];
    expect(undescribed(schema, 'config')).toEqual([]);
  });

  it('states the defaults that are true', async () => {
    const stated: Record<string, unknown> = {};
    for (const [[first = '', second], { default: value }] of leaves()) {
      if (value === undefined) continue;
      const before = stated[first];
      stated[first] = second === undefined ? value : { ...(typeof before === 'object' ? before : {}), [second]: value };
    }
    expect(await settingsWith(stated)).toEqual(await settingsWith({}));
  });

  it('gives examples that follow it', async () => {
    const isConfig = await validatorOf('config');
    for (const example of schema.examples ?? []) expect(isConfig(example)).toBe(true);
    for (const [keys, leaf] of leaves()) {
      for (const example of leaf.examples ?? []) {
        const config = keys.reduceRight<unknown>((value, key) => ({ [key]: value }), example);
        expect({ keys, right: isConfig(config) }).toEqual({ keys, right: true });
      }
    }
  });

  it('is what docs/config.md tells, key by key', () => {
    const page = readFileSync(path.join(root, 'docs/config.md'), 'utf8');
    const told = [...page.matchAll(/^\| `([\w.$[\]]+)` \|/gm)].map(([, key]) => key);
    const endpoint = Object.keys(schema.properties?.['network']?.properties?.['endpoints']?.items?.properties ?? {});
    const keys = leaves().map(([parts]) => parts.join('.'));
    const at = keys.indexOf('network.endpoints');
    expect(told).toEqual(keys.toSpliced(at, 1, ...endpoint.map((key) => `network.endpoints[].${key}`)));
  });
});

describe('the config that init writes', () => {
  const project = {
    root: '/dash',
    run: { viaModule: false, folder: '.', args: [] },
    sourceRoot: '.',
    port: { number: 8601, pinned: false, how: 'the default of Streamlit' },
    files: [],
    outsideModules: [],
  };

  const noPlots = { groups: [], whyNoList: 'nothing tells plots apart' };

  it('shows the plot-list function, its config class and the factors that were found', async () => {
    const place = { path: 'plots.py', line: 1, column: 1, text: 'def plots(config: Config):' };
    const factors = [{ name: 'mode', values: ['gnn', 'ghost'], how: 'MODES in config.py' }];
    const list = { function: 'plots:plots', how: 'its plots are drawn', place, config: 'config:Config', factors };
    const draft = draftConfig(project, { groups: [], list });
    expect(draft).toContain('  # Found: its plots are drawn\n  # list: plots:plots\n');
    expect(draft).toContain('  # config: config:Config\n');
    expect(draft).toContain(
      '  # Found: mode (MODES in config.py)\n  # factors:\n  #   mode:\n  #     - gnn\n  #     - ghost\n',
    );
    await using fixture = await createFixture({ 'c.yaml': draft });
    expect(await loadConfigFile(fixture.getPath('c.yaml'))).toEqual({});
    expect(draftConfig(project, noPlots)).toContain('  # Not found: nothing tells plots apart\n  # list: ');
  });

  it('fills in what was found and comments the rest out', async () => {
    const draft = draftConfig(
      { ...project, entry: { path: 'my "app".py', how: 'it calls\nst.set_page_config' } },
      noPlots,
    );
    await using fixture = await createFixture({ 'c.yaml': draft });
    expect(await loadConfigFile(fixture.getPath('c.yaml'))).toEqual({ entry: 'my "app".py' });
    expect(draft).toContain('# Found: it calls st.set_page_config\n');
    expect(draft).toContain('  # Found: the default of Streamlit\n  # port: 8601\n');
  });

  it('says so when no entry was found', async () => {
    const draft = draftConfig({ ...project, whyNoEntry: 'two scripts look like one: a.py, b.py' }, noPlots);
    await using fixture = await createFixture({ 'c.yaml': draft });
    expect(await loadConfigFile(fixture.getPath('c.yaml'))).toEqual({});
    expect(draft).toContain('# Not found: two scripts look like one: a.py, b.py\n# entry: streamlit_dashboard.py\n');
  });

  it('is right with every comment taken off', async () => {
    const draft = draftConfig({ ...project, entry: { path: 'app.py', how: 'x' } }, noPlots);
    const inExamples = leaves().flatMap(([, leaf]) => keysIn(leaf.examples?.[0]));
    const keys = [...leaves().flatMap(([parts]) => parts), ...inExamples].join('|');
    const code = new RegExp(String.raw`^(\s*)# (\s*(?:(?:${keys}):(?: |$)|- ).*)$`, 'gm');
    const active = draft.replaceAll(code, '$1$2');
    await using fixture = await createFixture({ 'c.yaml': active });
    const config = await loadConfigFile(fixture.getPath('c.yaml'));
    expect(leaves().every(([[first = '']]) => first === '$schema' || Object.hasOwn(config, first))).toBe(true);
  });
});
