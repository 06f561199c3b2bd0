import { describe, expect, it } from 'vitest';
import { reassignedState, type ReassignedState } from '../../../src/source/reassigned/reassigned-state.js';
import { emptiedContainers } from './emptied-containers.js';
import { sharedContainers } from './shared-containers.js';
import { withoutFirstBreak } from '../unbound/pairs.js';
import { inferenceOf, type Sources } from '../values/inference-of.js';

async function found(sources: Sources): Promise<ReassignedState[]> {
  const inference = await inferenceOf(withoutFirstBreak(sources));
  return reassignedState({ program: inference.program, inference, line: () => 'text' }, inference.program.paths);
}

const told = ({ line, code, name, first, fills }: ReassignedState): string =>
  `${line}: ${code} ${name}, first ${first.line}, filled ${fills.map((fill) => fill.line).join(' ')}`;

describe.each(Object.entries({ ...emptiedContainers, ...sharedContainers }))('%s', (_, pair) => {
  it('fires', async () => expect((await found(pair.fires)).map(told)).toEqual(pair.told));
  it('stays silent', async () => expect((await found(pair.silent)).map(told)).toEqual([]));
});

it('says in which function, and shows the lines', async () => {
  const text = 'class A:\n    def get(self):\n        a = {}\n        a["b"] = 1\n        a = {}\n        return a\n';
  expect(await found(text)).toEqual([
    {
      code: 'emptied-after-fill',
      file: 'app.py',
      line: 5,
      column: 9,
      text: 'text',
      name: 'a',
      within: 'A.get',
      first: { line: 3, text: 'text' },
      fills: [{ line: 4, text: 'text' }],
    },
  ]);
});
