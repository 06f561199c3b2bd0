import { homedir } from 'node:os';
import path from 'node:path';
import { defineCollector } from '../engine/define.js';
import { inspectCache } from '../network/hub-cache.js';
import { readHubEnvironment } from '../network/hub-environment.js';
import { findSourcelessBytecode } from './leftovers/bytecode.js';
import {
  damagedInSnapshot,
  damagedMemos,
  interruptedDownloads,
  persistingCallees,
  type DamagedFile,
} from './leftovers/cache-files.js';
import { findDashboards, type RunningDashboard } from './leftovers/dashboards.js';
import { readUserConfig, type UserConfig } from './leftovers/streamlit-config.js';

/** What earlier sessions left on this machine that the next launch will meet. */
export interface Leftovers {
  /** Dashboards of this repository that still run; none where there is no /proc. */
  dashboards: readonly RunningDashboard[];
  /** Compiled files that Python would import although their source is gone, relative to the root. */
  bytecode: readonly string[];
  /** Damaged files in the cache of what the code asks the Hub for. */
  hubFiles: readonly (DamagedFile & {
    /** `gpt2` */
    repo: string;
    /** Every call that asks for it may fail: it stands in a `try`, or in a file the entry script does not reach. */
    excused: boolean;
  })[];
  /** Damaged results that Streamlit keeps on disk; only looked for when the code keeps some (`persist=`). */
  memos: readonly DamagedFile[];
  /** The user's own Streamlit configuration, when there is one. */
  userConfig?: UserConfig;
}

declare module '../engine/types.js' {
  interface Artifacts {
    leftovers: Leftovers;
  }
}

export const leftoversCollector = defineCollector({
  artifact: 'leftovers',
  tier: 'static',
  title: 'looking for leftovers of earlier sessions',
  dependsOn: ['files', 'source', 'project', 'hub-assets'],
  deadlineS: () => 60,
  async collect({ settings, artifacts: { files, source, project, 'hub-assets': hub } }) {
    const { root } = settings;
    const env: Readonly<Record<string, string | undefined>> = { ...process.env, ...settings.launch.env };
    const home = env['HOME'] ?? homedir();
    const folders = [
      ...new Set(['.', project.sourceRoot, ...files.python.map((file) => path.posix.dirname(file.path))]),
    ];
    const persists = source.files.some(({ calls }) =>
      calls.some(({ callee, arguments: given }) => isPersisting(callee) && Boolean(given['persist'])),
    );
    const hubEnvironment = readHubEnvironment(env);
    const hubFiles = hub.assets.map(async (asset) => {
      const { snapshot } = inspectCache(asset, hubEnvironment, root);
      if (snapshot === undefined) return [];
      const excused = asset.askedBy.every(({ excuse }) => excuse !== undefined);
      const repository = path.dirname(path.dirname(snapshot));
      const found = await Promise.all([damagedInSnapshot(snapshot), interruptedDownloads(repository)]);
      return found.flat().map((damaged) => ({ ...damaged, repo: asset.repo, excused }));
    });
    const configFolders = [root, path.join(root, project.sourceRoot)];
    const [dashboards, bytecode, damagedHubFiles, memos, userConfig] = await Promise.all([
      findDashboards(root),
      findSourcelessBytecode(root, folders),
      Promise.all(hubFiles),
      persists ? damagedMemos(path.join(home, '.streamlit/cache')) : [],
      project.framework === 'streamlit' ? readUserConfig(home, configFolders, env) : undefined,
    ]);
    return {
      dashboards,
      bytecode,
      hubFiles: damagedHubFiles.flat(),
      memos,
      ...(userConfig === undefined ? {} : { userConfig }),
    };
  },
});

function isPersisting(callee: string): boolean {
  return persistingCallees.some((name) => callee === name || callee.endsWith(`.${name}`));
}
