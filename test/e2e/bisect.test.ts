import { describe, expect, it } from 'vitest';
import { buildHistory, git, python, type HistoryRepository } from '../helpers/dashboards.js';
import { root } from './moe-check.js';

const watchImports = [`${root}/bin/run.cjs`, 'preflight', '--bisect', '--only', 'incident/import', '--python', python];

async function bisect(repository: HistoryRepository, bad: string, good: string, command: readonly string[]) {
  const { folder } = repository;
  await git(folder, ['bisect', 'start', repository.commit(bad), repository.commit(good)]);
  return git(folder, ['bisect', 'run', process.execPath, ...command]);
}

describe('git bisect run moe-check preflight --bisect', () => {
  it.each([
    ['symbol-still-gone', 'good-before'],
    ['symbol-still-gone', 'import'],
  ])('between %s and %s finds where the symbol went, and skips what does not parse', async (bad, good) => {
    await using repository = await buildHistory('history of a dashboard');
    const output = await bisect(repository, bad, good, watchImports);
    expect(output).toContain(`${repository.commit('symbol-gone')} is the first bad commit`);
    expect(await git(repository.folder, ['status', '--porcelain', '--ignored'])).toBe('');
  });

  it('stops on a bad flag instead of blaming a commit', async () => {
    await using repository = await buildHistory();
    const wrong = [...watchImports, '--no-such-flag'];
    await expect(bisect(repository, 'symbol-still-gone', 'import', wrong)).rejects.toThrow(/bisect run/);
    expect(await git(repository.folder, ['bisect', 'log'])).not.toContain('first bad commit');
  });
});
