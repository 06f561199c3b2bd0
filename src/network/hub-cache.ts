import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { HubEnvironment } from './hub-environment.js';
import type { CacheState, HubAsset, Loader } from './types.js';

const absent: CacheState = { state: 'absent', missing: [] };
const commitHash = /^[0-9a-f]{40}$/;

/**
 * What the local cache holds of an asset, by the layout of huggingface_hub (file_download.py, hf_hub_download):
 * `models--org--name/{refs/<revision>, snapshots/<commit>/<file> → ../../blobs/<etag>, .no_exist/<commit>/<file>}`.
 * Only names and links are looked at, never a file's content but for the index of a sharded model.
 * @param root folder that relative paths of the code start from
 */
export function inspectCache(asset: HubAsset, environment: HubEnvironment, root: string): CacheState {
  if (asset.localFolder !== undefined) return inspectLocalFolder(asset, resolve(root, asset.localFolder));
  const prepared = !asset.loads.includes('dataset') || isPrepared(asset, environment, root);
  if (asset.loads.every((each) => each === 'dataset')) return prepared ? { state: 'complete', missing: [] } : absent;
  const repository = join(cacheFolderOf(asset, environment, root), folderName(asset));
  const commit = commitOf(repository, asset.revision);
  const snapshot = commit === undefined ? undefined : join(repository, 'snapshots', commit);
  if (commit === undefined || snapshot === undefined || !isFolder(snapshot)) return absent;
  const present = listFiles(snapshot);
  const isKnownMissing = (file: string) => existsSync(join(repository, '.no_exist', commit, file));
  const missing = [
    ...present.dangling,
    ...(prepared ? [] : ['prepared Arrow files']),
    ...asset.files.filter((file) => !present.files.has(file)),
    ...asset.loads.flatMap((loader) => missingFor(loader, present.files, snapshot)),
    ...(asset.loads.includes('snapshot') ? interrupted(repository, commit, present.files) : []),
  ].filter((file) => !isKnownMissing(file) || asset.files.includes(file));
  if (missing.length > 0) return { state: 'partial', snapshot, missing: [...new Set(missing)].sort() };
  return present.files.size > 0 ? { state: 'complete', snapshot, missing: [] } : absent;
}

/** Whether the client would find it without a word to the Hub: by commit hash and complete (hf_hub_download's first shortcut). */
export function isPinned(asset: HubAsset): boolean {
  return commitHash.test(asset.revision) && asset.loads.every((each) => each === 'files' || each === 'snapshot');
}

function cacheFolderOf(asset: HubAsset, environment: HubEnvironment, root: string): string {
  if (asset.cacheFolder !== undefined) return resolve(root, asset.cacheFolder);
  const ofLibrary = asset.loads.includes('sentence-transformer')
    ? environment.sentenceTransformersFolder
    : environment.transformersFolder;
  const isHubs = asset.loads.some((each) => each === 'files' || each === 'snapshot' || each === 'dataset');
  return ofLibrary === undefined || isHubs ? environment.cacheFolder : resolve(root, ofLibrary);
}

function folderName({ kind, repo }: HubAsset): string {
  return [`${kind}s`, ...repo.split('/')].join('--');
}

function commitOf(repository: string, revision: string): string | undefined {
  if (isAbsolute(revision) || revision.split('/').includes('..')) return undefined;
  try {
    return readFileSync(join(repository, 'refs', revision), 'utf8').trim();
  } catch {
    return commitHash.test(revision) ? revision : undefined;
  }
}

function inspectLocalFolder(asset: HubAsset, folder: string): CacheState {
  const { files } = listFiles(folder);
  const missing = asset.files.filter((file) => !files.has(file));
  if (files.size === 0 || (asset.files.length > 0 && missing.length === asset.files.length)) return absent;
  return { state: missing.length > 0 ? 'partial' : 'complete', snapshot: folder, missing };
}

/** Every file below a folder, with forward slashes; links whose blob is gone apart. */
function listFiles(folder: string): { files: ReadonlySet<string>; dangling: readonly string[] } {
  const files = new Set<string>();
  const dangling: string[] = [];
  const walk = (below: string): void => {
    for (const entry of entriesOf(join(folder, below))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (existsSync(join(folder, path))) files.add(path);
      else dangling.push(path);
    }
  };
  walk('');
  return { files, dangling };
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

const weights =
  /^(?:model|pytorch_model|diffusion_pytorch_model|tf_model|flax_model)\S*\.(?:safetensors|bin|h5|msgpack)$/;
const vocabulary =
  /^(?:tokenizer\.json|vocab\.(?:txt|json)|tekken\.json|merges\.txt|\S+\.(?:model|tiktoken|spm|vocab))$|(?:sentencepiece|spiece)/;

function missingFor(loader: Loader, files: ReadonlySet<string>, snapshot: string): readonly string[] {
  const without = (...names: string[]) => names.filter((name) => !files.has(name));
  const some = (pattern: RegExp, wanted: string) => ([...files].some((file) => pattern.test(file)) ? [] : [wanted]);
  switch (loader) {
    case 'model':
      return [...without('config.json'), ...missingShards(files, snapshot), ...some(weights, 'model.safetensors')];
    case 'sentence-transformer':
      return [...missingShards(files, snapshot), ...some(/(?:^|\/)config\.json$/, 'config.json')];
    case 'tokenizer':
      return some(vocabulary, 'tokenizer.json');
    case 'config':
      return without('config.json');
    case 'adapter':
      return without('adapter_config.json');
    case 'diffusers':
      return without('model_index.json');
    case 'dataset':
    case 'files':
    case 'snapshot':
    case 'other':
      return [];
    default:
      return loader satisfies never;
  }
}

/** The shards that an index names and the snapshot lacks; safetensors go before pytorch's own, as transformers prefers. */
function missingShards(files: ReadonlySet<string>, snapshot: string): readonly string[] {
  if (files.has('model.safetensors')) return [];
  const index = ['model.safetensors.index.json', 'pytorch_model.bin.index.json'].find((name) => files.has(name));
  if (index === undefined) return [];
  try {
    const { weight_map: map } = JSON.parse(readFileSync(join(snapshot, index), 'utf8'));
    return [...new Set(Object.values(map).map(String))].filter((shard) => !files.has(shard));
  } catch {
    return [index];
  }
}

/**
 * Files of an interrupted download: an `.incomplete` blob of theirs is left, and no complete one. The listing of the
 * commit (`trees/`, huggingface_hub ≥ 1) says which file a blob belongs to; older clients leave no listing, and then
 * any blob that never got complete counts.
 */
function interrupted(repository: string, commit: string, files: ReadonlySet<string>): readonly string[] {
  const blobs = new Set(entriesOf(join(repository, 'blobs')).map(({ name }) => name));
  const unfinished = new Set(
    [...blobs].filter((name) => name.endsWith('.incomplete')).map((name) => name.split('.')[0] ?? ''),
  );
  for (const etag of unfinished) if (blobs.has(etag)) unfinished.delete(etag);
  if (unfinished.size === 0) return [];
  try {
    const tree = JSON.parse(readFileSync(join(repository, 'trees', `${commit}.json`), 'utf8'));
    const entries: [string, { blob_id?: string; lfs_sha256?: string }][] = Object.entries(tree.files);
    return entries
      .filter(
        ([file, entry]) => !files.has(file) && [entry.blob_id, entry.lfs_sha256].some((id) => unfinished.has(id ?? '')),
      )
      .map(([file]) => file);
  } catch {
    return [...unfinished].map((etag) => `blob ${etag}`);
  }
}

/**
 * Whether `datasets` has prepared it, which is all that it loads without the Hub, whatever the Hub's own cache holds:
 * `<org>___<name>/<config>/<version>/<hash>/dataset_info.json` and Arrow files beside it (datasets 5.0.1, load.py,
 * CachedDatasetModuleFactory, and packaged_modules/cache/cache.py).
 */
function isPrepared({ repo, config, cacheFolder }: HubAsset, environment: HubEnvironment, root: string): boolean {
  const all = cacheFolder === undefined ? environment.datasetsFolder : resolve(root, cacheFolder);
  return entriesOf(all)
    .filter(({ name }) => plain(name) === plain(repo))
    .flatMap(({ name }) =>
      entriesOf(join(all, name)).map((entry) => ({ id: entry.name, path: join(all, name, entry.name) })),
    )
    .filter(({ id }) => config === undefined || id === config || id.startsWith(`${config}-`))
    .some(({ path }) => {
      const { files } = listFiles(path);
      return (
        [...files].some((file) => file.endsWith('dataset_info.json')) &&
        [...files].some((file) => file.endsWith('.arrow'))
      );
    });
}

/** `datasets` writes a name in snake case: `MySet` becomes `my_set`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
