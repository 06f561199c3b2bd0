import { Skip } from '../../engine/errors.js';
import type { Artifacts } from '../../engine/types.js';
import { isUnparsable } from '../../imports/diagnose.js';
import { whatStops } from '../../imports/judge.js';
import type { Compilation } from '../compilation.js';
import type { Imports } from '../imports.js';

/** What was looked at before a launch. */
export interface EarlierLooks {
  project: Artifacts['project'];
  compilation?: Compilation | undefined;
  imports?: Imports | undefined;
}

/**
 * Nothing is launched that a check before it has called an error which no launch gets past: one cause, one finding, and
 * never a launch that is missing without an error that says why.
 * @throws Skip with the check that tells it.
 */
export function skipWhatCannotStart({ project, compilation, imports }: EarlierLooks): void {
  const { entry } = project;
  if (entry === undefined) return;
  const unparsable = whatDoesNotCompile({ project, compilation, imports });
  if (unparsable !== undefined) {
    throw new Skip(`${unparsable} does not compile (see incident/compile), so a launch would only repeat it`);
  }
  if (imports !== undefined && whatStops(entry.path, { project, imports }) !== undefined) {
    throw new Skip(`the imports of ${entry.path} fail (see incident/import), so a launch would only repeat it`);
  }
}

/** The entry script, or a file that stops its imports. */
function whatDoesNotCompile({ project, compilation, imports }: EarlierLooks): string | undefined {
  const broken = (compilation?.files ?? []).flatMap(({ path, status }) => (status === 'ok' ? [] : [path]));
  const entry = project.entry?.path;
  if (entry !== undefined && broken.includes(entry)) return entry;
  const [diagnosis] = imports?.modules.find(({ path }) => path === entry)?.exceptions ?? [];
  if (diagnosis === undefined || !isUnparsable(diagnosis)) return undefined;
  const reached = new Set(project.files.flatMap(({ path, reachable }) => (reachable ? [path] : [])));
  return broken.find((path) => reached.has(path) && (diagnosis.path === undefined || diagnosis.path === path));
}
