import { watch } from 'chokidar';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { toolFolders } from '../collectors/files.js';

/** Saves that come closer together than this are one change: of one file, and of several, as a checkout makes them. Milliseconds. */
const quietMs = { one: 20, several: 50 };

/** Hidden ones of ours to see. */
const seen = new Set(['.streamlit', '.moe-check']);

/**
 * The changes below a folder, a batch at a time, once it has been quiet for a moment: relative paths, forward slashes.
 * Ends when the signal is aborted.
 * @param onReady called once every folder is watched: what is changed before may be missed.
 */
export async function* changesBelow(
  root: string,
  signal: AbortSignal,
  onReady: () => void,
): AsyncGenerator<readonly string[]> {
  const changed = new Set<string>();
  let wake: (() => void) | undefined;
  let quiet: NodeJS.Timeout | undefined;
  const watcher = watch(root, {
    ignoreInitial: true,
    ignored: (file) => isIgnored(root, file),
    // An editor that puts a new file in the old one's place does so within the quiet moment.
    atomic: false,
  });
  const settle = (): void => wake?.();
  watcher.once('ready', onReady);
  watcher.on('all', (_, file) => {
    changed.add(path.relative(root, file).split(path.sep).join('/'));
    clearTimeout(quiet);
    quiet = setTimeout(settle, changed.size === 1 ? quietMs.one : quietMs.several);
  });
  signal.addEventListener('abort', settle, { once: true });
  try {
    while (!signal.aborted) {
      if (changed.size === 0) await new Promise<void>((resolve) => (wake = resolve));
      if (signal.aborted || changed.size === 0) continue;
      const batch = [...changed].sort();
      changed.clear();
      yield batch;
    }
  } finally {
    clearTimeout(quiet);
    signal.removeEventListener('abort', settle);
    await watcher.close();
  }
}

function isIgnored(root: string, file: string): boolean {
  if (file === root) return false;
  const name = path.basename(file);
  const isHidden = name.startsWith('.') && !seen.has(name);
  return isHidden || name === '__pycache__' || toolFolders.has(name) || existsSync(path.join(file, 'pyvenv.cfg'));
}
