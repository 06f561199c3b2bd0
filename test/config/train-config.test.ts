import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config-error.js';
import { loadTrainConfig, parseSettings, referenceConfigs } from '../../src/config/train-config.js';
import { resolveReferenceConfig } from '../../src/reference/config.js';

interface Property {
  enum?: readonly string[];
  type?: string;
  default?: unknown;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  description: string;
}
const schema: { properties: Record<string, Property> } = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../schemas/train-config.schema.json'), 'utf8'),
);
const { $schema: _, target: __, ...properties } = schema.properties;
const defaults = resolveReferenceConfig({});

async function load(text: string, given: Record<string, unknown> = {}) {
  await using fixture = await createFixture({ 'c.yaml': text });
  return await loadTrainConfig(fixture.getPath('c.yaml'), given);
}

/** The message of a config, with its place. */
async function complaint(text: string, given: Record<string, unknown> = {}): Promise<string> {
  const error: unknown = await load(text, given).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) throw new Error('a ConfigError was expected', { cause: error });
  return `${error.position?.line ?? '-'}: ${error.message}`;
}

/** Whether a value of one key can be, whatever it means for the others. */
function isKnown(key: string, value: unknown): boolean {
  try {
    resolveReferenceConfig({ [key]: value });
    return true;
  } catch (error) {
    return !String(error).includes(`${key} is ${JSON.stringify(value)}, expected`);
  }
}

describe('the schema of a training config', () => {
  it('has the keys of a config', () => {
    expect(Object.keys(properties)).toEqual(Object.keys(defaults));
  });

  it('has the defaults of a config, but for two that depend on other keys', () => {
    const { ghosts: _, vocab_size: __, ...fixed } = defaults;
    const entries = Object.keys(fixed).map((key) => [key, properties[key]?.default]);
    expect(Object.fromEntries(entries)).toEqual(fixed);
  });

  it.each(Object.entries(properties))('says of %s what is accepted', (key, property) => {
    expect(property.description).not.toBe('');
    const { minimum, exclusiveMinimum, maximum } = property;
    const [right, wrong] =
      property.enum === undefined
        ? [
            [minimum, maximum],
            [
              exclusiveMinimum,
              minimum === undefined ? undefined : minimum - 1,
              maximum === undefined ? undefined : maximum + 1,
            ],
          ]
        : [property.enum, ['nonsense']];
    for (const value of right.filter((each) => each !== undefined)) expect(isKnown(key, value), `${value}`).toBe(true);
    for (const value of wrong.filter((each) => each !== undefined)) expect(isKnown(key, value), `${value}`).toBe(false);
  });
});

describe('a training config', () => {
  it('may be empty', async () => {
    expect(await load('')).toEqual({ reference: defaults });
  });

  it('brings its target, and what was given beside it wins', async () => {
    const { reference, target } = await load('lr: 0.1\nseed: 3\ntarget: { above_floor: 0.3, why: so }\n', { seed: 4 });
    expect(reference).toMatchObject({ lr: 0.1, seed: 4 });
    expect(target).toEqual({ above_floor: 0.3, why: 'so' });
  });

  it('is YAML or JSON: TOML has a table for the config of dashboards', async () => {
    await using fixture = await createFixture({ 'c.toml': '[tool.moe-check]\nseed = 1', 'c.json': '{"seed": 1}' });
    expect((await loadTrainConfig(fixture.getPath('c.json'))).reference.seed).toBe(1);
    await expect(loadTrainConfig(fixture.getPath('c.toml'))).rejects.toThrow(
      'c.toml is no training config: its name ends in .yaml, .yml or .json',
    );
  });

  it('names data from its own folder', async () => {
    await using fixture = await createFixture({ 'c.yaml': 'data: books/a.txt' });
    const { reference } = await loadTrainConfig(fixture.getPath('c.yaml'));
    expect(reference.data).toBe(path.resolve(fixture.path, 'books/a.txt'));
  });

  it.each([
    ['an unknown key', 'seed: 1\nlearnin_rate: 2', '2: unknown key "learnin_rate"'],
    ['one that is nearly known', 'seed: 1\nembed_dmi: 8', '2: unknown key "embed_dmi"; did you mean "embed_dim"?'],
    ['a wrong type', 'experts: many', '1: "experts" must be a whole number, not "many"'],
    ['a number that is too small', '\nexperts: 1', '2: "experts" must be at least 2, not 1'],
    [
      'an unknown value',
      'architecture: ghots',
      '1: "architecture" must be one of gnn, hgnn, orthogonal, ghost, not "ghots"; did you mean "ghost"?',
    ],
    ['a list', '- 1', '1: the config must be a map of keys, not a list'],
    [
      'several things',
      'seed: a\nlr: b',
      '1: "seed" must be a whole number, not "a"; also line 2: "lr" must be a number, not "b"',
    ],
    [
      'many things',
      'a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\ng: 1',
      '1: unknown key "a"; also line 2: unknown key "b"; also line 3: unknown key "c"; also line 4: unknown key "d"; ' +
        'also line 5: unknown key "e"; and 2 more',
    ],
    ['a second document', 'seed: 1\n---\nseed: 2', '2: the config does not parse: a second document begins here'],
    ['heads that do not divide', 'embed_dim: 32\nheads: 5', '2: embed_dim 32 is not divisible by heads 5'],
    [
      'too many angles',
      'training: geometric\nembed_dim: 8\nrotation_angles: 5',
      '3: rotation_angles 5 is too many for givens: 2k ≤ D, and embed_dim is 8',
    ],
    [
      'triplets of two',
      'architecture: hgnn\nhyperedges: all_triplets\nexperts: 2',
      '3: all_triplets needs at least 3 experts, there are 2',
    ],
    ['ghosts of nobody', 'ghosts: 2', '1: ghosts is 2, but only the ghost architecture has ghosts'],
    [
      'a size that nobody has',
      'embed_dim: 100000\nheads: 1',
      '1: these sizes need about 30753.1 GB, and 4 GB is all there is',
    ],
  ])('with %s is refused with line, key and what was expected', async (_, text, message) => {
    expect(await complaint(text)).toBe(message);
  });

  it('is not blamed for what was given beside it', async () => {
    for (const [given, message] of [
      [{ heads: 3 }, '--set heads: embed_dim 32 is not divisible by heads 3'],
      [{ sed: 3 }, '--set sed: unknown key "sed"; did you mean "seed"?'],
      [{ 'target.los': 3 }, '--set target.los: unknown key "target.los"; did you mean "loss"?'],
      [{ 'a.b': 3 }, '--set a.b: unknown key "a"'],
      [{ lr: Infinity }, '--set lr: "lr" must be a finite number, not Infinity'],
    ] as const) {
      const error: unknown = await load('heads: 4\nseed: 1', given).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'UsageError', message });
      expect(error).not.toBeInstanceOf(ConfigError);
    }
    await expect(
      loadTrainConfig((await referenceConfigs())[0] ?? '', { seed: -1 }, (key) => `--${key}`),
    ).rejects.toThrow('--seed: "seed" must be at least 0, not -1');
  });

  it('takes members of its target alone', async () => {
    const text = 'target: { above_floor: 0.3, why: so }';
    expect((await load(text, { 'target.loss': 3, 'target.why': undefined })).target).toEqual({
      above_floor: 0.3,
      loss: 3,
    });
    expect((await load('', { 'target.loss': 3 })).target).toEqual({ loss: 3 });
  });
});

describe('settings as words', () => {
  it('are values of YAML', async () => {
    const words = ['lr=0.003', 'rotation=learned', 'learnable_edges=false', 'data=a=b.txt'];
    expect(await parseSettings(words)).toEqual({
      lr: 0.003,
      rotation: 'learned',
      learnable_edges: false,
      data: 'a=b.txt',
    });
  });

  it('are refused when they are no YAML', async () => {
    await expect(parseSettings(['lr=[1'])).rejects.toThrow('--set lr: "[1" is no YAML');
  });

  it.each(['lr', 'lr=', '=3'])('are refused when they are no key=value: %s', async (word) => {
    await expect(parseSettings([word])).rejects.toThrow(`--set takes key=value, not "${word}"`);
  });
});
