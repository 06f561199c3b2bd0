import { expect } from 'vitest';
import { advisoriesCollector } from '../../src/collectors/advisories.js';
import { distributionsCollector } from '../../src/collectors/distributions.js';
import { filesCollector } from '../../src/collectors/files.js';
import { hubAssetsCollector } from '../../src/collectors/hub-assets.js';
import { leftoversCollector } from '../../src/collectors/leftovers.js';
import { projectCollector } from '../../src/collectors/project.js';
import { requirementsCollector } from '../../src/collectors/requirements.js';
import { sourceCollector } from '../../src/collectors/source.js';
import type { ArtifactKey, Settings } from '../../src/engine/types.js';
import { firstComplaint, validatorOf } from '../../src/util/json-schema.js';
import { settings as plain } from '../engine/stand-ins.js';

const { signal } = new AbortController();

/** Holds what a collector gives against the schema that fixtures and saved artifacts are held against. */
async function held<T>(artifact: ArtifactKey, value: T): Promise<T> {
  const isArtifact = await validatorOf(`artifacts/${artifact}`);
  expect(isArtifact(value) ? '' : firstComplaint(isArtifact.errors)).toBe('');
  return value;
}

/** What the requirement files of a folder ask for. */
export async function lookAtRequirements(root: string) {
  const context = { settings: { ...plain, root }, signal, artifacts: {} };
  return held('requirements', await requirementsCollector.collect(context));
}

/** What is installed for the dashboard in a folder. */
export async function lookAtDistributions(root: string, given: Partial<Settings> = {}) {
  const context = { settings: { ...plain, root, ...given }, signal, artifacts: {} };
  return held('distributions', await distributionsCollector.collect(context));
}

/** What earlier sessions left for the dashboard in a folder, and what is known of the APIs it uses. */
export async function lookAround(root: string, env: Readonly<Record<string, string>>) {
  const settings = { ...plain, root, launch: { ...plain.launch, env } };
  const files = await filesCollector.collect({ settings, signal, artifacts: {} });
  const source = await sourceCollector.collect({ settings, signal, artifacts: { files } });
  const project = await projectCollector.collect({ settings, signal, artifacts: { files, source } });
  const assets = await hubAssetsCollector.collect({ settings, signal, artifacts: { source, project } });
  const artifacts = { files, source, project, 'hub-assets': assets };
  return {
    source,
    leftovers: await held('leftovers', await leftoversCollector.collect({ settings, signal, artifacts })),
    advisories: await held(
      'advisories',
      await advisoriesCollector.collect({ settings, signal, artifacts: { source } }),
    ),
  };
}
