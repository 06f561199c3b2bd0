import { gzipSync } from 'node:zlib';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { resolveReferenceConfig } from '../../src/reference/config.js';
import { openDataset } from '../../src/reference/data/dataset.js';
import { bayesFloor, markovBatch, markovMixture } from '../../src/reference/data/markov.js';
import { readCorpus, textBatch } from '../../src/reference/data/text.js';
import { tokenize } from '../../src/reference/data/tokenizer.js';

describe('the Markov mixture', () => {
  const config = resolveReferenceConfig({ experts: 3, vocab_size: 5, context: 6, batch_size: 4, seed: 9 });
  const mixture = markovMixture(config);

  it('has a floor that agrees with adding up whole sequences of every chain', () => {
    const batch = markovBatch(mixture, config, 'eval', 0);
    const length = config.context + 1;
    // p(tokens | first) = Σ_c 1/3 Π_t p_c(token | token before): the product of all that forward filtering predicts.
    const loss = Array.from({ length: batch.sequences }, (_, b) => {
      const tokens = [...batch.ids.subarray(b * length, (b + 1) * length)];
      const likelihoods = mixture.chains.map((chain) =>
        tokens.slice(1).reduce((product, to, t) => product * (chain[tokens[t] ?? 0]?.[to] ?? 0), 1),
      );
      return -Math.log(likelihoods.reduce((sum, each) => sum + each, 0) / 3);
    }).reduce((sum, each) => sum + each, 0);
    expect(bayesFloor(mixture, [batch])).toBeCloseTo(loss / (4 * config.context), 12);
  });

  it('is predictable, and not wholly', async () => {
    const { floor } = await openDataset(config);
    expect(floor).toBeGreaterThan(0.2);
    expect(floor).toBeLessThan(0.8 * Math.log(config.vocab_size));
  });

  it('draws each batch from seed, split and position alone', () => {
    const at = (split: 'train' | 'eval', position: number, seed = 9) =>
      markovBatch(mixture, { ...config, seed }, split, position).ids.join();
    expect(at('train', 3)).toBe(at('train', 3));
    expect(new Set([at('train', 3), at('train', 4), at('eval', 3), at('train', 3, 8)]).size).toBe(4);
  });

  it('follows its transitions', () => {
    const single = { chains: mixture.chains.slice(0, 1) };
    const counts = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]);
    for (let position = 0; position < 800; position++) {
      const { ids } = markovBatch(single, config, 'train', position);
      for (const [i, to] of ids.entries()) {
        const row = counts[ids[i - 1] ?? 0];
        if (i % (config.context + 1) !== 0 && row !== undefined) row[to] = (row[to] ?? 0) + 1;
      }
    }
    for (const [from, row] of counts.entries()) {
      const total = row.reduce((sum, count) => sum + count, 0);
      for (const [to, count] of row.entries()) {
        expect(Math.abs(count / total - (single.chains[0]?.[from]?.[to] ?? 0))).toBeLessThan(0.05);
      }
    }
  });
});

describe('text', () => {
  const config = resolveReferenceConfig({ data: 'x.txt', context: 4, batch_size: 3 });
  const alphabet = Array.from({ length: 200 }, (_, i) => String.fromCharCode(33 + (i % 90))).join('');

  it('is split into training and evaluation, and cut into whole sequences', async () => {
    await using folder = await createFixture({ 'x.txt': alphabet });
    const corpus = await readCorpus(folder.getPath('x.txt'), config);
    expect([corpus.train.length, corpus.eval.length]).toEqual([180, 20]);
    const train = textBatch(corpus, config, 'train', 7);
    const steps = [...train.ids].map((id, i) => (id - (train.ids[i - 1] ?? 0) + 90) % 90);
    expect(steps.filter((_, i) => i % 5 !== 0)).toEqual(Array(12).fill(1));
    expect(textBatch(corpus, config, 'train', 7)).toEqual(train);
    expect(textBatch(corpus, config, 'train', 8)).not.toEqual(train);
    const evaluated = textBatch(corpus, config, 'eval', 0).ids;
    expect([...evaluated]).toEqual([0, 4, 8].flatMap((at) => [...corpus.eval.subarray(at, at + 5)]));
    expect(textBatch(corpus, config, 'train', 30).epoch).toBe(2);
  });

  it.each(['x.jsonl', 'X.JSONL', 'x.ndjson'])('is read from the lines of a JSONL file: %s', async (name) => {
    const lines = ['{"text":"ab"}', '', JSON.stringify({ text: alphabet, id: 3 })];
    await using folder = await createFixture({ [name]: lines.join('\n') });
    const { train } = await readCorpus(folder.getPath(name), config);
    expect(new TextDecoder().decode(Uint8Array.from(train))).toMatch(/^ab\n!"#/);
  });

  it.each<[string, string | Buffer | undefined, string]>([
    ['x.txt', 'short', 'has 5 tokens, too few for a context of 4'],
    ['x.jsonl', '{"text":"a"}\n{"txt":"b"}', 'x.jsonl, line 2: expected a JSON object with a string "text"'],
    ['x.jsonl', '{"text":"a"}\n\n{"text', 'x.jsonl, line 3: expected a JSON object with a string "text"'],
    ['x.txt', Buffer.from('61fffe', 'hex'), 'x.txt, line 1: it is not UTF-8 text: byte 1 of the file is 0xff'],
    ['x.txt', Buffer.from('61e9', 'hex'), 'x.txt, line 1: it is not UTF-8 text: byte 1 of the file is 0xe9'],
    // A replacement character that stands in the file is text like any other.
    [
      'x.txt',
      Buffer.from('0aefbfbd0a61e962', 'hex'),
      'x.txt, line 3: it is not UTF-8 text: byte 6 of the file is 0xe9',
    ],
    ['x.txt.gz', gzipSync('text'), 'x.txt.gz is compressed with gzip'],
    ['x.json', '[\n{"text": "a"}\n]', 'x.json is JSON, which is no text to learn'],
    ['x', '{"text": "a"}\n{"text": "b"}\n', 'x holds JSON lines with a "text", and its name does not end in .jsonl'],
    ['gone.txt', undefined, 'gone.txt could not be read: there is no such file or folder'],
    ['.', undefined, 'could not be read: it is a folder'],
  ])('is refused, with the place: %s %j', async (name, content, message) => {
    await using folder = await createFixture(content === undefined ? {} : { [name]: content });
    await expect(readCorpus(folder.getPath(name), config)).rejects.toThrow(message);
  });

  it.each(['[Chapter 1]', '{ or not', '7'])('that only begins like JSON is text: %s', async (first) => {
    await using folder = await createFixture({ 'x.txt': `${first}\n${alphabet}` });
    const { train } = await readCorpus(folder.getPath('x.txt'), config);
    expect(new TextDecoder().decode(Uint8Array.from(train)).startsWith(first)).toBe(true);
  });

  it('becomes bytes, or the ids that GPT-2 has', async () => {
    expect([...(await tokenize('é', 'byte'))]).toEqual([0xc3, 0xa9]);
    expect([...(await tokenize('Hello world', 'gpt2'))]).toEqual([15496, 995]);
    expect(await tokenize('<|endoftext|>', 'gpt2')).not.toContain(50256);
  });
});
