import { describe, expect, it } from 'vitest';
import { excerpt, LogBuffer } from '../../src/collectors/launch/log-buffer.js';

describe('a log of any length', () => {
  it('is kept from its start and from its end', () => {
    const log = new LogBuffer();
    for (let line = 0; line < 100_000; line++) log.add(String(line));
    const lines = log.lines();
    expect(lines).toHaveLength(5000);
    expect([lines[0], lines[1999], lines[2000], lines.at(-1)]).toEqual(['0', '1999', '97000', '99999']);
  });

  it('is shown whole while it is short, and with a gap that says how much is missing', () => {
    const lines = Array.from({ length: 500 }, (_, line) => String(line));
    expect(excerpt(lines.slice(0, 400))).toHaveLength(400);
    expect(excerpt(lines)[200]).toBe('… 100 lines left out …');
    expect(excerpt(lines)).toHaveLength(401);
  });
});
