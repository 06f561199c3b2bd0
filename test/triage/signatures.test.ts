import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadSignatures, patternOf } from '../../src/triage/signatures.js';
import { triage } from '../../src/triage/triage.js';
import { validatorOf } from '../../src/util/json-schema.js';

const signatures = await loadSignatures();

describe('data/signatures.json', () => {
  it('holds 58 known failures, each under an id of its own', () => {
    expect(new Set(signatures.map(({ id }) => id)).size).toBe(58);
  });

  it.each(signatures.map((signature) => [signature.id, signature] as const))(
    '%s is recognised in its own example',
    (id, signature) => {
      expect(signature.example_log.match(patternOf(signature))).not.toBeNull();
      const wrapped = signature.example_log.replaceAll(' ', '\n');
      expect(wrapped.match(patternOf(signature)), 'however its lines are wrapped').not.toBeNull();
      expect(triage(signature.example_log.split('\n'), signatures).map((failure) => failure.signature)).toContain(id);
    },
  );

  it('is held by its schema', async () => {
    const isSignatures = await validatorOf('signatures');
    const [first] = signatures;
    expect(isSignatures(signatures)).toBe(true);
    expect(isSignatures([{ ...first, class: 'deadly' }])).toBe(false);
    expect(isSignatures([{ ...first, sources: [] }])).toBe(false);
    expect(isSignatures([{ ...first, patern: '' }])).toBe(false);
  });

  it('names no place of work', () => {
    const text = readFileSync(new URL('../../data/signatures.json', import.meta.url), 'utf8');
    expect(text).not.toMatch(/\/work\/|\/root\/|\/home\/(?!me\b)/);
  });

  it('matches nothing in the log of a healthy Streamlit', () => {
    const log = `2026-11-23 19:09:58.536 Uvicorn server started on 127.0.0.1:18511

  You can now view your Streamlit app in your browser.

  Local URL: http://localhost:8501
  Network URL: http://192.0.2.7:8501

  For better performance, install the Watchdog module:

  $ xcode-select --install
  $ pip install watchdog

step 100 loss 0.31 error rate 0.02 | expert 11 signal 0.11 | CUDA available: False
epoch 1: 100%|██████████| 139/139 [00:01<00:00, 99.1it/s]
  Stopping...`;
    expect(triage(log.split('\n'), signatures)).toEqual([]);
  });

  it('points the Hub’s read timeout of 10 s at HF_HUB_ETAG_TIMEOUT', () => {
    const line = `'(ReadTimeoutError("HTTPSConnectionPool(host='huggingface.co', port=443): Read timed out. (read timeout=10)"), '(Request ID: 7d76f590)')' thrown while requesting HEAD https://huggingface.co/gpt2/resolve/main/tokenizer_config.json`;
    expect(triage([line], signatures)).toMatchObject([
      { signature: 'hf-read-timeout', fix: expect.stringContaining('HF_HUB_ETAG_TIMEOUT') },
    ]);
  });
});
