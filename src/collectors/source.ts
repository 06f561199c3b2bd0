import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { askedApis, loadAdvisories } from '../advisories/advisories.js';
import { defineCollector } from '../engine/define.js';
import { hubCallees } from '../network/hub-calls.js';
import { streamlitCallees } from '../project/entry.js';
import { compileApis } from '../source/api-patterns.js';
import { factsOfProblem, largestFileBytes, readPython, tooLarge, type Asked, type Reading } from '../source/facts.js';
import { loadPythonParser, type PythonParser } from '../source/parser.js';
import { keepStore, pack, SyntaxStore } from '../source/store.js';
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

/** Files read at the same time; parsing itself is one after the other. */
const atOnce = 16;

/** The last names of the calls that somebody judges by; `import_module` is an import that no statement shows. */
const callees: ReadonlySet<string> = new Set([
  ...hubCallees,
  ...streamlitCallees,
  ...persistingCallees,
  'import_module',
  '__import__',
]);

export const sourceCollector = defineCollector({
  artifact: 'source',
  tier: 'static',
  title: 'reading the sources',
  dependsOn: ['files'],
  reads: (file) => file.endsWith('.py'),
  deadlineS: () => 120,
  async collect({ settings: { root }, artifacts, signal }) {
    const [parser, advisories] = await Promise.all([loadPythonParser(), loadAdvisories()]);
    const asked: Asked = { callees, apis: compileApis(askedApis(advisories)) };
    const files: FileFacts[] = [];
    const store = new SyntaxStore((file) => bytesAgain(path.join(root, file)));
    for (let i = 0; i < artifacts.files.python.length; i += atOnce) {
      signal.throwIfAborted();
      const batch = artifacts.files.python.slice(i, i + atOnce);
      for (const { facts, syntax } of await Promise.all(batch.map((file) => read(parser, root, asked, file)))) {
        files.push(facts);
        if (syntax !== undefined) store.add(facts.path, pack(syntax));
      }
    }
    const source = { files };
    keepStore(source, store);
    return source;
  },
});

async function read(
  parser: PythonParser,
  root: string,
  asked: Asked,
  { path: at, bytes }: { path: string; bytes: number },
): Promise<Reading> {
  if (bytes > largestFileBytes) return { facts: factsOfProblem(at, tooLarge(bytes)) };
  try {
    return readPython(parser, at, await readFile(path.join(root, at)), asked);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const message = `it cannot be read (${String(error.code)})`;
    return { facts: factsOfProblem(at, { kind: 'unreadable', message }) };
  }
}

function bytesAgain(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
