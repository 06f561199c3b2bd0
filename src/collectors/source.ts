import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { defineCollector } from '../engine/define.js';
import { hubCallees } from '../network/hub-calls.js';
import { streamlitCallees } from '../project/entry.js';
import { factsOf, factsOfProblem, largestFileBytes, tooLarge } from '../source/facts.js';
import { loadPythonParser, type PythonParser } from '../source/parser.js';
import type { FileFacts } from '../source/types.js';

/** The static model of every Python file of the target. */
export interface Source {
  files: readonly FileFacts[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    source: Source;
  }
}

/** Files read at the same time; parsing itself is one after the other. */
const atOnce = 16;

const callees: ReadonlySet<string> = new Set([...hubCallees, ...streamlitCallees]);

export const sourceCollector = defineCollector({
  artifact: 'source',
  tier: 'static',
  title: 'reading the sources',
  dependsOn: ['files'],
  deadlineS: () => 300,
  async collect({ settings: { root }, artifacts, signal }) {
    const parser = await loadPythonParser();
    const files: FileFacts[] = [];
    for (let i = 0; i < artifacts.files.python.length; i += atOnce) {
      signal.throwIfAborted();
      const batch = artifacts.files.python.slice(i, i + atOnce);
      files.push(...(await Promise.all(batch.map((file) => read(parser, root, file)))));
    }
    return { files };
  },
});

async function read(parser: PythonParser, root: string, file: { path: string; bytes: number }): Promise<FileFacts> {
  if (file.bytes > largestFileBytes) return factsOfProblem(file.path, tooLarge(file.bytes));
  try {
    return factsOf(parser, file.path, await readFile(path.join(root, file.path)), callees);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return factsOfProblem(file.path, { kind: 'unreadable', message });
  }
}
