import { readFileSync } from 'node:fs';
import path from 'node:path';
import { askedApis, loadAdvisories } from '../advisories/advisories.js';
import { defineCollector } from '../engine/define.js';
import { hubCallees } from '../network/hub-calls.js';
import { streamlitCallees } from '../project/entry.js';
import { readFiles } from '../source/reading/read-files.js';
import { keepStore, SyntaxStore } from '../source/store.js';
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
  async collect({ settings: { root, cache }, artifacts, signal }) {
    const apis = askedApis(await loadAdvisories());
    const request = { root, callees, apis, ...(cache === undefined ? {} : { cache }) };
    const readings = await readFiles(request, artifacts.files.python, signal);
    const source = { files: readings.map(({ facts }) => facts) };
    const store = new SyntaxStore((file) => bytesAgain(path.join(root, file)));
    for (const { facts, packed } of readings) if (packed !== undefined) store.add(facts.path, packed);
    keepStore(source, store);
    return source;
  },
});

function bytesAgain(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
