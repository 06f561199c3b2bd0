import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { findSources } from '../../src/metrics/find-sources.js';
import { readSource } from '../../src/metrics/readers/read.js';
import type { Damage, Row } from '../../src/metrics/source.js';

export const fixtures = path.join(import.meta.dirname, '../../fixtures/metrics');

export async function read(at: string): Promise<{ format: string; rows: Row[]; damages: Damage[] }> {
  const [source] = await findSources(at);
  if (source === undefined) throw new Error('no source');
  const rows: Row[] = [];
  const damages: Damage[] = [];
  for await (const batch of readSource(source)) {
    rows.push(...batch.rows);
    damages.push(...batch.damages.map((each) => ({ ...each, file: path.basename(each.file) })));
  }
  return { format: source.format, rows, damages };
}

export async function readText(name: string, content: string | Buffer) {
  await using fixture = await createFixture({ [name]: content });
  return await read(fixture.getPath(name));
}
