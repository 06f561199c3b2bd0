import { createFixture } from 'fs-fixture';
import { findSources } from '../../src/metrics/find-sources.js';
import { schemaFor } from '../../src/metrics/record-schema.js';
import type { Problem, SourceReport } from '../../src/metrics/validate/problems.js';
import { validateSource } from '../../src/metrics/validate/validate-source.js';

interface Options {
  name?: string;
  own?: unknown;
}

/** The report on a file with this text and name, judged by a project's own schema where one is given. */
export async function reportOn(
  text: string | Buffer,
  { name = 'metrics.jsonl', own }: Options = {},
): Promise<SourceReport> {
  await using fixture = await createFixture({ [name]: text, 'own.schema.json': JSON.stringify(own ?? {}) });
  const [source] = await findSources(fixture.getPath(name));
  if (source === undefined) throw new Error('no source');
  return await validateSource(
    source,
    await schemaFor(source, own === undefined ? undefined : fixture.getPath('own.schema.json')),
  );
}

export async function problemsIn(text: string | Buffer, options?: Options): Promise<readonly Problem[]> {
  return (await reportOn(text, options)).problems;
}
