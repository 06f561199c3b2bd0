import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { checks } from '../../src/checks/index.js';
import { root, transcript } from './moe-check.js';

/** The fixtures of a check as a folder that --save-artifacts could have written. */
async function savedArtifacts(id: string, fixture: 'pass' | 'fail') {
  const file = path.join(root, `fixtures/artifacts/${id}/${fixture}.json`);
  const values: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'));
  const saved = Object.entries(values).map(([artifact, value]) => {
    const content = { artifact, durationMs: 0, state: 'ok', value };
    return [`${artifact}.json`, JSON.stringify(content)] as const;
  });
  const manifest = {
    schema: 'moe-check-artifacts/1',
    tool: { name: 'moe-check', version: '0.0.0' },
    target: '/home/me/dashboard',
    artifacts: Object.keys(values),
  };
  return createFixture({ ...Object.fromEntries(saved), 'manifest.json': JSON.stringify(manifest) });
}

/** Reports of artifacts that are the same everywhere, told the same everywhere. */
describe.each(checks.map(({ id }) => id))('the report of %s', (id) => {
  it.each(['pass', 'fail'] as const)('on %s.json', async (fixture) => {
    await using folder = await savedArtifacts(id, fixture);
    const told = await transcript(['preflight', '--only', id, '--from-artifacts', '.'], { cwd: folder.path });
    // How many checks there are besides is no matter of this one.
    const text = told.replaceAll(/\b\d+ (checks \(|skipped)/g, '… $1');
    // Not every check has errors to give: some only warn.
    const hasErrors = text.includes('\n    ✖ ');
    expect(fixture === 'pass' && hasErrors).toBe(false);
    expect(text).toContain(hasErrors ? '\n[exit 1]\n' : '\n[exit 0]\n');
    await expect(text).toMatchFileSnapshot(`transcripts/${fixture}-${id.replace('/', '-')}.txt`);
  });
});
