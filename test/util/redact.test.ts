import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactDeep, redactor } from '../../src/util/redact.js';

const none = redactor({});
const hash = '0123456789abcdef0123456789abcdef01234567';
const hf = `hf_${'aB3'.repeat(12)}`;

describe('secrets by their format', () => {
  it.each([
    [`token ${hf} refused`, 'token [redacted] refused'],
    [`ghp_${'a1'.repeat(18)}`, '[redacted]'],
    ['key sk-proj-4f8a9b2c3d4e5f6a7b8c9d', 'key [redacted]'],
    ['https://bob:pa55@mlflow.example.org/x?y=1', 'https://[redacted]@mlflow.example.org/x?y=1'],
    ['http://user:p@ss@proxy:8080', 'http://[redacted]@proxy:8080'],
    ['https://a1b2c3d4e5f6a7b8c9@git.example.org/r.git', 'https://[redacted]@git.example.org/r.git'],
    ['GET /f?X-Amz-Signature=deadbeef&part=1', 'GET /f?X-Amz-Signature=[redacted]&part=1'],
    ['?access_token=abc&x=1', '?access_token=[redacted]&x=1'],
    ['Authorization: Basic dXNlcjpwYXNz', 'Authorization: Basic [redacted]'],
    ["{'Authorization': 'Bearer abc'}", "{'Authorization': 'Bearer [redacted]'}"],
    ['sent Bearer abcdefghij0123456789', 'sent Bearer [redacted]'],
    [`WANDB_API_KEY=${hash}`, 'WANDB_API_KEY=[redacted]'],
    ['HF_TOKEN: "abcdefgh12345678"', 'HF_TOKEN: "[redacted]"'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.SflKxwRJSMeKKF2QT4', '[redacted]'],
  ])('%s', (text, expected) => {
    expect(none(text)).toBe(expected);
  });
});

describe('what is none', () => {
  it.each([
    `commit ${hash}`,
    `https://huggingface.co/gpt2/resolve/${hash}/tokenizer_config.json`,
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'from huggingface_hub import hf_hub_download',
    'git clone ssh://git@github.com/org/repo.git',
    'git@github.com:org/repo.git',
    'PAD_TOKEN = padding_token_name_of_model',
    'HF_TOKEN = os.environ["HF_TOKEN_OF_THE_TEAM_2"]',
    'API_KEY = settings1.api_key_for_wandb',
    'metric key=orthogonality_preservation is never produced',
    '?key=expert_entropy',
    'Basic authentication is required',
    'the bearer of this message',
    'sk-learn-contrib is missing',
    'http://127.0.0.1:8501/_stcore/health',
    'https://example.org/@someone/post',
    'File "/usr/lib/python3.11/asyncio/runners.py", line 347, in run',
    'module:core.architecture:MoEModel.get_last_saturation_metrics',
  ])('%s', (text) => {
    expect(none(text)).toBe(text);
  });
});

describe('secrets by the environment', () => {
  const redact = redactor({
    WANDB_API_KEY: hash,
    DB_PASSWORD: 'correct horse',
    MY_SECRET: 'p@ss/word',
    SHORT_TOKEN: 'abc',
    EMPTY_KEY: '',
    GONE_KEY: undefined,
    TOKENIZERS_PARALLELISM: 'false-or-not',
    HF_TOKEN_PATH: '/home/u/.cache/huggingface/token',
    AWS_ACCESS_KEY_ID: 'not-so-secret-id',
    KEYBOARD_LAYOUT: 'us-international',
    MONKEY: 'streamlit',
  });

  it('masks their values wherever they stand, also as part of an address', () => {
    expect(redact(`logged in with ${hash}`)).toBe('logged in with [redacted]');
    expect(redact('a correct horse b')).toBe('a [redacted] b');
    expect(redact('GET /?q=p%40ss%2Fword')).toBe('GET /?q=[redacted]');
  });

  it.each([
    'abc',
    'false-or-not',
    '/home/u/.cache/huggingface/token',
    'not-so-secret-id',
    'us-international',
    'streamlit',
  ])('keeps %s, of a variable that holds no secret', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('leaves no secret in any text', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9+/=_-]{8,40}$/);
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
        const clean = redactor({ SOME_TOKEN: value })(`${before}${value}${after}`);
        // The mask itself may spell a short piece of the secret.
        expect(clean.replaceAll('[redacted]', '').includes(value) && !`${before}${after}`.includes(value)).toBe(false);
      }),
    );
  });
});

describe('a whole report', () => {
  it('is masked in every string and otherwise the same', () => {
    const data = { a: [`x ${hf}`, 1, null, true], HF_TOKEN: { b: hf }, c: 'clean' };
    expect(redactDeep(data, none)).toEqual({
      a: ['x [redacted]', 1, null, true],
      HF_TOKEN: { b: '[redacted]' },
      c: 'clean',
    });
  });

  it('comes out equal when there is nothing to mask', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(redactDeep(plain, (text) => text)).toEqual(plain);
      }),
    );
  });
});
