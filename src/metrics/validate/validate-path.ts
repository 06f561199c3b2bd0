import { findSources } from '../find-sources.js';
import { schemaFor } from '../record-schema.js';
import type { SourceReport } from './problems.js';
import { validateSource } from './validate-source.js';

/**
 * Judges every run at a path, each by the project's own schema where one is given.
 * @throws MetricsError when there is no run, one cannot be read, or the schema cannot be used
 */
export async function validatePath(
  at: string,
  ownSchema?: string,
  signal?: AbortSignal,
): Promise<readonly SourceReport[]> {
  const reports: SourceReport[] = [];
  for (const source of await findSources(at)) {
    reports.push(await validateSource(source, await schemaFor(source, ownSchema), signal));
  }
  return reports;
}

/** What `moe-check validate --json` prints. */
export interface ValidationReport {
  schema: 'moe-check-validation/1';
  tool: { name: string; version: string };
  /** The path, as it was given. */
  target: string;
  verdict: 'valid' | 'invalid';
  exitCode: number;
  runs: readonly SourceReport[];
}

/** Invalid, exit code 1, when a run has a problem that is an error. */
export function validationReport(
  tool: ValidationReport['tool'],
  target: string,
  runs: readonly SourceReport[],
): ValidationReport {
  const isInvalid = runs.some(({ problems }) => problems.some(({ severity }) => severity === 'error'));
  const verdict = isInvalid ? 'invalid' : 'valid';
  return { schema: 'moe-check-validation/1', tool, target, verdict, exitCode: isInvalid ? 1 : 0, runs };
}
