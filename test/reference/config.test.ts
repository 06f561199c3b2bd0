import { expect, it } from 'vitest';
import { InvalidReferenceConfig, type ConfigProblem, resolveReferenceConfig } from '../../src/reference/config.js';

function problems(given: Record<string, unknown>): readonly ConfigProblem[] {
  try {
    resolveReferenceConfig(given);
    return [];
  } catch (error) {
    if (error instanceof InvalidReferenceConfig) return error.problems;
    throw error;
  }
}

it('needs nothing, and fills in the rest by what is given', () => {
  expect(resolveReferenceConfig({})).toMatchObject({ architecture: 'gnn', ghosts: 0, vocab_size: 32, data: 'markov' });
  expect(resolveReferenceConfig({ architecture: 'ghost' }).ghosts).toBe(2);
  expect(resolveReferenceConfig({ data: 'a.txt' }).vocab_size).toBe(256);
  expect(resolveReferenceConfig({ data: 'a.txt', tokenizer: 'gpt2' }).vocab_size).toBe(50_257);
});

it.each([
  [{ architecure: 'gnn' }, 'unknown key architecure', 'architecture'],
  [{ hyperedges: 'all_pair' }, 'hyperedges is "all_pair", expected one of all_pairs, all_triplets, all', 'all_pairs'],
  [{ experts: 2.5 }, 'experts is 2.5, expected a whole number from 2 to 64', undefined],
  [{ lr: '1e-3' }, 'lr is "1e-3", expected a number above 0', undefined],
  [{ lr: Number.NaN }, 'lr is NaN, expected a number above 0', undefined],
  [{ seed: 2 ** 40 }, 'seed is 1099511627776, expected a whole number from 0 to 2147483647', undefined],
  [{ activation_rate: 1.5 }, 'activation_rate is 1.5, expected a number above 0 up to 1', undefined],
  [{ learnable_edges: 1 }, 'learnable_edges is 1, expected true or false', undefined],
  [{ data: '' }, 'data is "", expected markov or the path of a file', undefined],
  [{ heads: 5 }, 'embed_dim 32 is not divisible by heads 5', undefined],
  [{ ghosts: 1 }, 'ghosts is 1, but only the ghost architecture has ghosts', undefined],
  [{ architecture: 'ghost', ghosts: 0 }, 'the ghost architecture needs at least 1 ghost', undefined],
  [
    { architecture: 'hgnn', hyperedges: 'all_triplets', experts: 2 },
    'all_triplets needs at least 3 experts, there are 2',
    undefined,
  ],
  [
    { training: 'geometric', rotation_angles: 17 },
    'rotation_angles 17 is too many for givens: 2k ≤ D, and embed_dim is 32',
    undefined,
  ],
  [
    { training: 'geometric', rotation: 'learned', rotation_angles: 32 },
    'rotation_angles 32 is too many for learned: k < D, and embed_dim is 32',
    undefined,
  ],
  [{ tokenizer: 'gpt2' }, 'tokenizer is gpt2, but the built-in data is tokens already: name a file as data', undefined],
  [{ data: 'a.txt', vocab_size: 300 }, 'vocab_size is 300, but the byte tokenizer has 256', undefined],
  [{ embed_dim: 65_536 }, 'these sizes need about 13215.8 GB, and 4 GB is all there is', undefined],
])('refuses %j', (given, message, suggestion) => {
  expect(problems(given)).toEqual([
    { key: expect.any(String), message, ...(suggestion === undefined ? {} : { suggestion }) },
  ]);
});

it('takes what is just possible', () => {
  expect(problems({ training: 'geometric', rotation_angles: 16 })).toEqual([]);
  expect(problems({ training: 'geometric', rotation: 'householder', rotation_angles: 31 })).toEqual([]);
  expect(problems({ architecture: 'hgnn', hyperedges: 'all_triplets', experts: 3 })).toEqual([]);
  expect(problems({ hyperedges: 'all_triplets', experts: 2 })).toEqual([]);
});

it('names everything that is wrong at once', () => {
  expect(problems({ lr: -1, layers: 0, optimiser: 'sgd' }).map(({ key }) => key)).toEqual([
    'optimiser',
    'layers',
    'lr',
  ]);
});
