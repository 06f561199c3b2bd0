import type { CallUse, FileFacts } from '../source/types.js';
import { readHubCall, type HubRequest } from './hub-calls.js';
import type { HubAsset, HubCall } from './types.js';

/** What has to be known about the dashboard to tell its Hub assets from its own files and classes. */
export interface Surroundings {
  /** Whether a path exists in the dashboard's folder. */
  isInTarget(path: string): boolean;
  /** Whether a dotted name is a module of the dashboard's own. */
  isOwnModule(module: string): boolean;
  /** Whether the entry script reaches the file. */
  isReached(path: string): boolean;
}

/** Groups the calls of all files by what they ask for: one asset a repository, kind, revision and folder. */
export function findHubAssets(
  files: readonly FileFacts[],
  surroundings: Surroundings,
): { assets: readonly HubAsset[]; unknownCalls: number } {
  const found = new Map<string, HubAsset>();
  let unknownCalls = 0;
  for (const file of files) {
    for (const call of file.calls) {
      const request = readHubCall(call, file, surroundings.isInTarget);
      if (request === 'not-hub') continue;
      if (request === 'unknown') {
        unknownCalls += 1;
        continue;
      }
      const excuse = excuseOf(call, file, request, surroundings);
      const { line, callee } = call;
      const askedBy: HubCall = { file: file.path, line, callee, ...(excuse === undefined ? {} : { excuse }) };
      const key = JSON.stringify([
        request.kind,
        request.repo,
        request.revision,
        request.cacheFolder ?? '',
        request.localFolder ?? '',
        request.config ?? '',
      ]);
      found.set(key, merge(found.get(key), request, askedBy));
    }
  }
  return { assets: [...found.values()].sort((a, b) => (a.repo < b.repo ? -1 : 1)), unknownCalls };
}

function merge(known: HubAsset | undefined, request: HubRequest, call: HubCall): HubAsset {
  if (known === undefined) return { ...request, askedBy: [call] };
  return {
    ...known,
    files: union(known.files, request.files),
    loads: union(known.loads, request.loads),
    localOnly: known.localOnly && request.localOnly,
    askedBy: [...known.askedBy, call],
  };
}

function union<T extends string>(one: readonly T[], other: readonly T[]): readonly T[] {
  return [...new Set([...one, ...other])].sort();
}

function excuseOf(
  call: CallUse,
  file: FileFacts,
  request: HubRequest,
  { isReached, isOwnModule }: Surroundings,
): HubCall['excuse'] {
  if (!isReached(file.path)) return 'unreached';
  if (call.guarded) return 'guarded';
  if (!request.repo.includes('/') && isOwnClass(call, file, isOwnModule)) return 'own-class';
  return undefined;
}

/** Whether `X.from_pretrained` is called on a class that the repository defines, here or in a module it imports. */
function isOwnClass(call: CallUse, file: FileFacts, isOwnModule: (module: string) => boolean): boolean {
  const parts = call.callee.split('.');
  const [head = ''] = parts;
  if (parts.at(-1) !== 'from_pretrained') return false;
  if (head === 'cls' || head === 'self' || head === 'super()') return true;
  const imported = file.imports.find(({ names }) => names.includes(head));
  if (imported !== undefined) return imported.level > 0 || isOwnModule(imported.module);
  return parts.length === 2 ? file.definitions.includes(head) : isOwnModule(parts.slice(0, -2).join('.'));
}
