import { describe, expect, it } from 'vitest';
import { unboundNames } from '../../../src/source/unbound/unbound-names.js';
import type { UnboundName } from '../../../src/source/unbound/facts.js';
import { inferenceOf, type Sources } from '../values/inference-of.js';
import { branchImports } from './branch-imports.js';
import { givenNames } from './given-names.js';
import { withoutFirstBreak } from './pairs.js';
import { undefinedNames } from './undefined-names.js';
import { unboundLocals } from './unbound-locals.js';

async function found(sources: Sources): Promise<UnboundName[]> {
  const given = withoutFirstBreak(sources);
  const texts: Readonly<Record<string, string>> = typeof given === 'string' ? { 'app.py': given } : given;
  const inference = await inferenceOf(texts);
  const { program } = inference;
  const line = (path: string, number: number): string | undefined => texts[path]?.split('\n')[number - 1];
  return unboundNames({ program, inference, line }, program.paths);
}

const told = ({ line, code, name, reason, inAnnotation }: UnboundName): string =>
  `${line}: ${code} ${name} (${reason})${inAnnotation ? ' in an annotation' : ''}`;

describe.each(Object.entries({ ...unboundLocals, ...branchImports, ...undefinedNames, ...givenNames }))(
  '%s',
  (_, pair) => {
    it('fires', async () => expect((await found(pair.fires)).map(told)).toEqual(pair.told));
    it('stays silent', async () => expect((await found(pair.silent)).map(told)).toEqual([]));
  },
);

describe('what is told', () => {
  it('the name of the module that a local one hides, and where the local one comes from', async () => {
    const text =
      'import time\nclass Timer:\n    def stop(self):\n        now = time.time()\n        import time\n        return now\n';
    expect(await found(text)).toEqual([
      {
        code: 'unbound-local',
        file: 'app.py',
        line: 4,
        column: 15,
        text: 'now = time.time()',
        name: 'time',
        within: 'Timer.stop',
        reason: 'later',
        definitions: [{ line: 5, text: 'import time' }],
        hidden: { line: 1, text: 'import time' },
      },
    ]);
  });

  it('how the rest of the repository imports what is missing', async () => {
    const files = { 'app.py': 'def f(): return go.Figure()\n', 'other.py': 'import plotly.graph_objects as go\n' };
    expect(await found(files)).toMatchObject([{ name: 'go', import: 'import plotly.graph_objects as go' }]);
    expect(await found('print(os.sep)')).toMatchObject([{ name: 'os', import: 'import os' }]);
  });

  it('what could have been meant', async () => {
    expect(await found('def f(learning_rate): return learning_rat\n')).toMatchObject([{ nearest: 'learning_rate' }]);
  });

  it('each name once a function', async () => {
    expect((await found('def f(): return a, a, a\ndef g(): return a\n')).map(told)).toEqual([
      '1: undefined-name a (nowhere)',
      '2: undefined-name a (nowhere)',
    ]);
  });

  it('no more than a hundred of a file, in no time to speak of', async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `def f${index}(): return g${index}\n`).join('');
    const started = performance.now();
    expect(await found(many)).toHaveLength(100);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('nothing of a file that cannot be understood', async () => {
    expect(await found('def f(: return a\nb\n')).toEqual([]);
  });
});
