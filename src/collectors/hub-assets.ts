import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineCollector } from '../engine/define.js';
import type { ProjectFile } from './project.js';
import { findHubAssets } from '../network/hub-assets.js';
import type { HubAsset } from '../network/types.js';

/** Every Hub asset that the code's literals ask for. */
export interface HubAssets {
  assets: readonly HubAsset[];
  /** Calls whose repository is not a literal: counted, not guessed. */
  unknownCalls: number;
}

declare module '../engine/types.js' {
  interface Artifacts {
    'hub-assets': HubAssets;
  }
}

export const hubAssetsCollector = defineCollector({
  artifact: 'hub-assets',
  tier: 'static',
  title: 'finding the Hub assets the code asks for',
  dependsOn: ['source', 'project'],
  deadlineS: () => 30,
  async collect({ artifacts: { source, project }, settings }) {
    // Without an entry nothing is reached, which says nothing about the files.
    const isReached = (file: ProjectFile | undefined) =>
      project.entry === undefined ||
      file === undefined ||
      file.reachable ||
      file.role === 'entry' ||
      file.role === 'page';
    const known = new Map(project.files.map((file) => [file.path, file]));
    const modules = new Set(project.files.flatMap(({ module }) => module ?? []));
    const folders = [
      project.root,
      ...[project.sourceRoot, project.run.folder].map((each) => join(project.root, each)),
      settings.root,
    ];
    return findHubAssets(
      source.files.filter(({ path }) => known.get(path)?.role !== 'test'),
      {
        isInTarget: (path) => folders.some((folder) => existsSync(join(folder, path))),
        isOwnModule: (module) => modules.has(module),
        // Without an entry nothing is reached, which says nothing about the files.
        isReached: (path) => isReached(known.get(path)),
      },
    );
  },
});
