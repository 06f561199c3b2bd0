import { appendFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { watchDashboard } from '../../src/cli/watch-dashboard.js';
import { UsageError } from '../../src/engine/errors.js';
import type { Report } from '../../src/engine/report.js';
import type { Tier } from '../../src/engine/types.js';
import { resolveSettings } from '../../src/config/resolve-settings.js';

/** A watch of a folder with one file, whose verdicts say nothing; what it judged and showed. */
async function watching(tier: Tier, judging = async (): Promise<void> => undefined) {
  const fixture = await createFixture({ 'app.py': 'import streamlit\n' });
  const end = new AbortController();
  const judged: (readonly string[])[] = [];
  const shown: Report[] = [];
  const complaints: string[] = [];
  const over = watchDashboard(
    {
      settings: () => resolveSettings(fixture.path, { tier }),
      judge: async (_, { before, signal }) => {
        judged.push(before?.changed ?? []);
        await judging();
        signal?.throwIfAborted();
        return {} as Report;
      },
      show: (report) => void shown.push(report),
      complain: ({ message }) => void complaints.push(message),
    },
    end.signal,
  );
  const settled = async () => {
    let before = -1;
    while (judged.length > before) {
      before = judged.length;
      await sleep(400);
    }
  };
  const edit = () => appendFile(fixture.getPath('app.py'), '# more\n');
  return {
    judged,
    shown,
    complaints,
    settled,
    edit,
    fixture,
    async [Symbol.asyncDispose]() {
      end.abort();
      await over;
      await fixture.rm();
    },
  };
}

const rehearsals = Array.from({ length: 12 }, () => ['.moe-check/rehearsal.py']);

describe('before the first edit', () => {
  it('rehearses a few times and shows nothing of it', async () => {
    await using watch = await watching('static');
    await watch.settled();
    expect(watch.judged).toEqual([[], ...rehearsals]);
    expect(watch.shown).toHaveLength(1);
    await watch.edit();
    await watch.settled();
    expect(watch.judged.slice(13)).toEqual([['app.py']]);
    expect(watch.shown).toHaveLength(2);
  });

  it('does not where that would start an interpreter', async () => {
    await using watch = await watching('import');
    await watch.settled();
    expect(watch.judged).toEqual([[]]);
  });

  it('does so for a few seconds at most', async () => {
    await using watch = await watching('static', () => sleep(2000));
    await sleep(7000);
    expect(watch.judged).toEqual([[], ...rehearsals.slice(0, 2)]);
  });

  it('stops rehearsing at an edit, and judges that', async () => {
    await using watch = await watching('static', () => sleep(300));
    await sleep(500);
    await watch.edit();
    await watch.settled();
    expect(watch.judged.length).toBeLessThan(13);
    expect(watch.judged.at(-1)).toEqual(['app.py']);
    expect(watch.shown).toHaveLength(2);
  });

  it('goes on after a rehearsal that cannot be judged', async () => {
    let times = 0;
    await using watch = await watching('static', async () => {
      times += 1;
      if (times === 2) throw new UsageError('the config is broken', 'Mend it.');
    });
    await watch.settled();
    await watch.edit();
    await watch.settled();
    expect(watch.judged.at(-1)).toEqual(['app.py']);
    expect(watch.complaints).toEqual([]);
  });
});
