import { MetricsError } from '../errors.js';
import { findSources } from '../find-sources.js';
import { readSource } from '../readers/read.js';
import { readManifest, runFiles } from '../run-folder.js';
import { schemaFor, type RecordSchema } from '../record-schema.js';
import type { Source } from '../source.js';
import type { RunFacts } from './golden.js';

/** A run that can be compared. */
export interface OpenRun {
  source: Source;
  schema: RecordSchema;
  facts: RunFacts;
  gitRevision?: string;
}

/**
 * The one run at a path, with what is known of it: by its manifest, or by its first record.
 * @throws MetricsError when there is none, or more than one
 */
export async function openRun(at: string): Promise<OpenRun> {
  const [source, ...others] = await findSources(at);
  if (source === undefined || others.length > 0) {
    throw new MetricsError(`${at} holds ${others.length + 1} runs, and one is compared`, 'Name one of them.');
  }
  return describe(source);
}

/** Every run at a path. */
export async function openRuns(at: string): Promise<readonly OpenRun[]> {
  return Promise.all((await findSources(at)).map(describe));
}

async function describe(source: Source): Promise<OpenRun> {
  const schema = await schemaFor(source);
  if (source.files[0] !== runFiles(source.path).metrics) return { source, schema, facts: await factsInRecords(source) };
  const { combination, backend, seed, config, gitRevision } = await readManifest(source.path);
  const name = `${combination.architecture}-${combination.training}`;
  const facts = { combination: name, backend: backend.name, seed, config };
  return { source, schema, facts, ...(gitRevision === undefined ? {} : { gitRevision }) };
}

async function factsInRecords(source: Source): Promise<RunFacts> {
  for await (const { rows } of readSource(source)) {
    const [first] = rows;
    if (first === undefined) continue;
    const { architecture_mode: architecture, training_mode: training } = first.values;
    if (typeof architecture !== 'string' || typeof training !== 'string') return {};
    return { combination: `${architecture}-${training}` };
  }
  return {};
}
