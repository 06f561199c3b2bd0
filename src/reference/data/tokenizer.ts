import type { ReferenceConfig } from '../config.js';

/** The ids of a text: its UTF-8 bytes, or GPT-2's byte pairs. A special token in the text is text like any other. */
export async function tokenize(text: string, tokenizer: ReferenceConfig['tokenizer']): Promise<Int32Array> {
  if (tokenizer === 'byte') return Int32Array.from(new TextEncoder().encode(text));
  const { encode } = await import('#gpt2-tokenizer');
  return Int32Array.from(encode(text, { disallowedSpecial: new Set() }));
}
