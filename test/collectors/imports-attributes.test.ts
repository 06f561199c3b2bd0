import { describe, expect, it, onTestFinished } from 'vitest';
import { pythons } from '../pythons.js';
import { importing } from './imports-dashboard.js';

const pool = `
from concurrent.futures import ThreadPoolExecutor

class Pool(ThreadPoolExecutor):
    rate: float
    def go(self):
        self.started = True
        return self.submt

class Anything(ThreadPoolExecutor):
    def __getattr__(self, name):
        return 1
`;

const owner = (name: string) => ({ kind: 'class', name, file: 'core/pool.py', line: 4 }) as const;
const outsideBases = ['concurrent.futures.ThreadPoolExecutor'];

/** Whether an object of the class has them: inherited, assigned by the base's own methods, annotated, and not at all. */
const asked = ['submit', '_work_queue', 'rate', 'submt'].map((name) => ({
  owners: [owner('Pool')],
  name,
  outsideBases,
}));

describe.each(pythons)('Python $version', ({ executable }) => {
  it.runIf(executable)('asks the imported class what its bases from outside provide', async () => {
    const imports = await importing(executable ?? '', {
      files: { 'app.py': 'import core.pool\n', 'core/pool.py': pool },
      asked: [...asked, { owners: [owner('Anything')], name: 'submt', outsideBases }],
    });
    onTestFinished(() => imports.fixture.rm());
    expect(imports.attributes?.map(({ class: of, name, status }) => `${of}.${name} ${status}`)).toEqual([
      'Pool.submit provided',
      'Pool._work_queue provided',
      'Pool.rate provided',
      'Pool.submt missing',
      'Anything.submt unknown',
    ]);
  });

  it.runIf(executable)('says nothing when nobody asked', async () => {
    const imports = await importing(executable ?? '', { files: { 'app.py': '', 'core/pool.py': pool } });
    onTestFinished(() => imports.fixture.rm());
    expect(imports.attributes).toBeUndefined();
  });
});
