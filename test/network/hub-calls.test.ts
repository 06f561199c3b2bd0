import { describe, expect, test } from 'vitest';
import { findHubAssets } from '../../src/network/hub-assets.js';
import { looksLikeHubId, readHubCall } from '../../src/network/hub-calls.js';
import type { CallUse, FileFacts, ImportUse } from '../../src/source/types.js';

const imported = (module: string, names: readonly string[] = [], level = 0): ImportUse => ({
  module,
  names,
  level,
  line: 1,
  atModuleLevel: true,
  guarded: false,
  typeCheckingOnly: false,
});
const libraries = ['transformers', 'datasets', 'huggingface_hub', 'sentence_transformers'].map((name) =>
  imported(name),
);
const call = (callee: string, given: CallUse['arguments'], guarded = false): CallUse => ({
  callee,
  arguments: given,
  line: 7,
  column: 1,
  guarded,
});
const read = (callee: string, given: CallUse['arguments'], inTarget: readonly string[] = [], imports = libraries) =>
  readHubCall(call(callee, given), { imports }, (path) => inTarget.includes(path));

describe('asks the Hub', () => {
  test.each([
    [
      'AutoTokenizer.from_pretrained',
      { 0: 'gpt2' },
      { repo: 'gpt2', kind: 'model', loads: ['tokenizer'], revision: 'main' },
    ],
    ['transformers.GPT2LMHeadModel.from_pretrained', { 0: 'gpt2' }, { loads: ['model'] }],
    [
      'AutoModelForCausalLM.from_pretrained',
      { pretrained_model_name_or_path: 'org/m', revision: 'v1' },
      { repo: 'org/m', revision: 'v1', loads: ['model'] },
    ],
    ['AutoConfig.from_pretrained', { 0: 'gpt2', local_files_only: true }, { loads: ['config'], localOnly: true }],
    ['CLIPProcessor.from_pretrained', { 0: 'openai/clip' }, { loads: ['other'] }],
    ['AutoModel.from_pretrained', { 0: 'org/m', subfolder: 'unet' }, { loads: ['other'] }],
    ['StableDiffusionPipeline.from_pretrained', { 0: 'org/sd' }, { loads: ['diffusers'] }],
    ['PeftModel.from_pretrained', { 1: 'org/lora' }, { repo: 'org/lora', loads: ['adapter'] }],
    ['AutoModel.from_pretrained', { 0: 'gpt2', cache_dir: '/data/hub' }, { cacheFolder: '/data/hub' }],
    [
      'load_dataset',
      { 0: 'wikitext', 1: 'wikitext-2-raw-v1' },
      { repo: 'wikitext', config: 'wikitext-2-raw-v1', kind: 'dataset', loads: ['dataset'] },
    ],
    ['datasets.load_dataset', { path: 'org/set' }, { repo: 'org/set', kind: 'dataset' }],
    ['hf_hub_download', { 0: 'org/m', 1: 'w.bin', subfolder: 'a' }, { files: ['a/w.bin'], loads: ['files'] }],
    [
      'hf_hub_download',
      { repo_id: 'org/d', filename: 'x.csv', repo_type: 'dataset' },
      { kind: 'dataset', files: ['x.csv'] },
    ],
    ['hf_hub_download', { repo_id: 'org/m' }, { files: [], loads: ['other'] }],
    ['snapshot_download', { repo_id: 'org/m', local_dir: 'weights' }, { loads: ['snapshot'], localFolder: 'weights' }],
    ['pipeline', { 0: 'text-generation', model: 'gpt2' }, { repo: 'gpt2', loads: ['model'] }],
    ['SentenceTransformer', { 0: 'all-MiniLM-L6-v2' }, { repo: 'sentence-transformers/all-MiniLM-L6-v2' }],
    ['SentenceTransformer', { 0: 'bert-base-uncased' }, { repo: 'bert-base-uncased' }],
    [
      'SentenceTransformer',
      { 0: 'bert-base-nli-mean-tokens' },
      { repo: 'sentence-transformers/bert-base-nli-mean-tokens' },
    ],
    ['CrossEncoder', { 0: 'cross-encoder/ms-marco' }, { repo: 'cross-encoder/ms-marco', loads: ['model'] }],
  ])('%s %o', (callee, given, expected) => {
    expect(read(callee, given)).toMatchObject(expected);
  });
});

describe('does not ask the Hub', () => {
  test.each<[string, CallUse['arguments'], string[]?]>([
    ['AutoModel.from_pretrained', { 0: './model' }],
    ['AutoModel.from_pretrained', { 0: '/data/model' }],
    ['AutoModel.from_pretrained', { 0: '~/model' }],
    ['AutoModel.from_pretrained', { 0: '../model' }],
    ['AutoModel.from_pretrained', { 0: 'checkpoints/run1/best' }],
    ['AutoModel.from_pretrained', { 0: 'C:\\models\\gpt2' }],
    ['AutoModel.from_pretrained', { 0: 'checkpoints/best' }, ['checkpoints/best']],
    ['AutoModel.from_pretrained', { 0: 'gpt2' }, ['gpt2']],
    ['AutoModel.from_pretrained', { 0: 'best.safetensors' }],
    ['AutoModel.from_pretrained', { 0: 'https://example.invalid/m' }],
    ['load_dataset', { 0: 'csv', data_files: 'x.csv' }],
    ['load_dataset', { 0: 'imagefolder', data_dir: 'images' }],
    ['load_dataset', { 0: 'data/train' }, ['data/train']],
    ['st.cache_data', { 0: 'gpt2' }],
  ])('%s %o', (callee, given, inTarget = []) => {
    expect(read(callee, given, inTarget)).toBe('not-hub');
  });

  test("functions of the project's own that bear the name of a library's", () => {
    const own = [imported('core.data', ['load_dataset', 'pipeline'])];
    expect(read('load_dataset', { 0: 'mnist' }, [], own)).toBe('not-hub');
    expect(read('pipeline', { 0: 'train', 1: 'fast' }, [], own)).toBe('not-hub');
  });
});

test('what is no literal is unknown: a variable, or a pipeline with its default model', () => {
  expect(read('AutoModel.from_pretrained', {})).toBe('unknown');
  expect(read('pipeline', { 0: 'sentiment-analysis' })).toBe('unknown');
});

test('names by the rules of the Hub', () => {
  for (const good of ['gpt2', 'org/name', 'meta-llama/Llama-2-7b', 'a.b_c']) expect(looksLikeHubId(good)).toBe(true);
  for (const bad of ['', 'a b', '-a', 'a--b', 'a..b', 'a/b/c', 'x.git', '.hidden', 'a/', 'café', 'weights.pt']) {
    expect(looksLikeHubId(bad)).toBe(false);
  }
});

const facts = (path: string, calls: readonly CallUse[], more: Partial<FileFacts> = {}): FileFacts => ({
  path,
  hasSyntaxErrors: false,
  imports: libraries,
  definitions: [],
  definesDynamically: false,
  calls,
  hasMainGuard: false,
  ...more,
});
const surroundings = {
  isInTarget: () => false,
  isOwnModule: (module: string) => module === 'core.model',
  isReached: (path: string) => path !== 'scripts/export.py',
};

test('one asset for everything that is asked of one repository', () => {
  const { assets, unknownCalls } = findHubAssets(
    [
      facts('app.py', [
        call('AutoTokenizer.from_pretrained', { 0: 'gpt2', local_files_only: true }),
        call('A.from_pretrained', {}),
      ]),
      facts('core/m.py', [
        call('GPT2Model.from_pretrained', { 0: 'gpt2' }),
        call('AutoModel.from_pretrained', { 0: 'gpt2', revision: 'v1' }),
      ]),
    ],
    surroundings,
  );
  expect(unknownCalls).toBe(1);
  expect(
    assets.map(({ repo, revision, loads, localOnly, askedBy }) => [repo, revision, loads, localOnly, askedBy.length]),
  ).toEqual([
    ['gpt2', 'main', ['model', 'tokenizer'], false, 2],
    ['gpt2', 'v1', ['model'], false, 1],
  ]);
});

test('says why the launch may survive a call', () => {
  const excuse = (file: FileFacts) => findHubAssets([file], surroundings).assets[0]?.askedBy[0]?.excuse;
  const own = { imports: [imported('core.model', ['MoEModel'])] };
  const load = (callee: string, repo: string, guarded = false) => [call(callee, { 0: repo }, guarded)];
  expect(excuse(facts('app.py', load('AutoModel.from_pretrained', 'gpt2')))).toBeUndefined();
  expect(excuse(facts('app.py', load('AutoModel.from_pretrained', 'gpt2', true)))).toBe('guarded');
  expect(excuse(facts('scripts/export.py', load('AutoModel.from_pretrained', 'gpt2')))).toBe('unreached');
  expect(excuse(facts('app.py', load('MoEModel.from_pretrained', 'best'), own))).toBe('own-class');
  expect(
    excuse(
      facts('app.py', load('MoEModel.from_pretrained', 'best'), { imports: [imported('model', ['MoEModel'], 1)] }),
    ),
  ).toBe('own-class');
  expect(
    excuse(facts('app.py', load('MoEModel.from_pretrained', 'best'), { definitions: ['MoEModel'], imports: [] })),
  ).toBe('own-class');
  expect(excuse(facts('app.py', load('MoEModel.from_pretrained', 'org/best'), own))).toBeUndefined();
});
