import { describe, expect, it } from 'vitest';
import { told } from './keys-of.js';
import { neverProduced } from './never-produced.js';

describe.each(Object.entries({ ...neverProduced }))('%s', (_, pair) => {
  it('fires', async () => expect(await told(pair.fires)).toEqual(pair.told));
  it('stays silent', async () => expect(await told(pair.silent)).toEqual([]));
});
