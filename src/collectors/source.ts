import { readFileSync } from 'node:fs';
import path from 'node:path';
import { askedApis, loadAdvisories } from '../advisories/advisories.js';
import { defineCollector } from '../engine/define.js';
import { searchPathApis } from '../imports/not-installed.js';
import { hubCallees } from '../network/hub-calls.js';
import { streamlitCallees } from '../project/entry.js';
import { readFiles } from '../source/reading/read-files.js';
import { keepStore, storeOf, SyntaxStore } from '../source/store.js';
import type { FileFacts } from '../source/types.js';
import { persistingCallees } from './leftovers/cache-files.js';

/**
 * The static model of every Python file of the target. Holds no text: about 1 KB a file. In the run that collected it,
 * `storeOf(source)` has the syntax of the files.
 */
export interface Source {
  /** In the order of `files.python`. */
  files: readonly FileFacts[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    source: Source;
  }
}

/** The last names of the calls that somebody judges by; `import_module` is an import that no statement shows. */
const callees: readonly string[] = [
  ...new Set([...hubCallees, ...streamlitCallees, ...persistingCallees, 'import_module', '__import__']),
];

export const sourceCollector = defineCollector({
  artifact: 'source',
  tier: 'static',
  title: 'reading the sources',
  dependsOn: ['files'],
  reads: (file) => file.endsWith('.py'),
  deadlineS: () => 120,
  async collect({ settings: { root, cache }, artifacts: { files }, signal, before }) {
    const store = new SyntaxStore((file) => bytesAgain(path.join(root, file)));
    const known = before === undefined ? new Map<string, FileFacts>() : takeOver(store, before.value, before.changed);
    const apis = [...askedApis(await loadAdvisories()), ...searchPathApis];
    const request = { root, callees, apis, ...(cache === undefined ? {} : { cache }) };
    const unknown = files.python.filter((file) => !known.has(file.path));
    for (const { facts, packed } of await readFiles(request, unknown, signal)) {
      known.set(facts.path, facts);
      if (packed !== undefined) store.add(facts.path, packed);
    }
    const source = { files: files.python.flatMap((file) => known.get(file.path) ?? []) };
    keepStore(source, store);
    return source;
  },
});

/** What an earlier run read of the files that have not changed since. */
function takeOver(store: SyntaxStore, source: Source, changed: readonly string[]): Map<string, FileFacts> {
  const before = storeOf(source);
  const same = source.files.filter(({ path }) => !changed.includes(path) && store.takeOver(path, before));
  return new Map(same.map((facts) => [facts.path, facts]));
}

function bytesAgain(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
