import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { askedApis, loadAdvisories } from '../advisories/advisories.js';
import { defineCollector } from '../engine/define.js';
import { hubCallees } from '../network/hub-calls.js';
import { streamlitCallees } from '../project/entry.js';
import { compileApis, type ModulePatterns } from '../source/api-patterns.js';
import { factsOf, factsOfProblem, largestFileBytes, tooLarge } from '../source/facts.js';
import { loadPythonParser, type PythonParser } from '../source/parser.js';
import type { FileFacts } from '../source/types.js';
import { persistingCallees } from './leftovers/cache-files.js';

/** The static model of every Python file of the target. Holds no text: about 1 KB a file. */
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
  deadlineS: () => 120,
  async collect({ settings: { root }, artifacts, signal }) {
    const [parser, advisories] = await Promise.all([loadPythonParser(), loadAdvisories()]);
    const apis = compileApis(askedApis(advisories));
    const files: FileFacts[] = [];
    for (let i = 0; i < artifacts.files.python.length; i += atOnce) {
      signal.throwIfAborted();
      const batch = artifacts.files.python.slice(i, i + atOnce);
      files.push(...(await Promise.all(batch.map((file) => read({ parser, root, apis }, file)))));
    }
    return { files };
  },
});

interface Reading {
  parser: PythonParser;
  root: string;
  apis: ReadonlyMap<string, ModulePatterns>;
}

async function read(
  { parser, root, apis }: Reading,
  { path: at, bytes }: { path: string; bytes: number },
): Promise<FileFacts> {
  if (bytes > largestFileBytes) return factsOfProblem(at, tooLarge(bytes));
  try {
    return factsOf(parser, at, await readFile(path.join(root, at)), callees, apis);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return factsOfProblem(at, { kind: 'unreadable', message: `it cannot be read (${String(error.code)})` });
  }
}
