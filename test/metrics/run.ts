import { createRun, type RunManifest } from '../../src/metrics/run-folder.js';
import type { MetricsRecord } from '../../src/metrics/record.js';

/** Writes a run folder as the trainer does. */
export async function writeRun(
  folder: string,
  records: readonly MetricsRecord[],
  more: Partial<RunManifest> = {},
): Promise<string> {
  const [first] = records;
  const writer = await createRun(folder, {
    schema: 'moe-run/1',
    metrics: 'moe-metrics/1',
    tool: { name: 'moe-check', version: '0.0.0' },
    node: 'v20.0.0',
    backend: { name: 'cpu' },
    seed: 1,
    combination: {
      architecture: first?.architecture_mode ?? 'gnn',
      training: first?.training_mode ?? 'standard',
    },
    config: { optimizer: { lr: 0.5 }, auxWeight: 0.1 },
    startedAt: '2026-11-26T00:00:00.000Z',
    ...more,
  });
  for (const record of records) await writer.append(record);
  await writer.close();
  return folder;
}
