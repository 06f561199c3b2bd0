import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { decodeText } from './decode-text.js';
import { readLock } from './locks.js';
import { readPyproject } from './pyproject.js';
import { parseRequirementsText, type RequirementsLine } from './requirements-txt.js';
import { readSetupCfg, readSetupPy } from './setup-files.js';
import type { PythonRequirement, ReadRequirements, Requirement, UnclearLine } from './types.js';

/** Everything the requirement files of a project ask for. */
export interface ProjectRequirements {
  /** The files that were read, relative to the root, in the order they were. */
  files: readonly string[];
  requirements: readonly Requirement[];
  python: readonly PythonRequirement[];
  /** Lines and files that could not be made out. */
  unclear: readonly UnclearLine[];
  /** The project's own distribution, normalized, when it says its name. */
  ownName?: string;
}

/** Larger files are no requirement files. */
const largestFileBytes = 16 * 1024 * 1024;

const pipFile = /^(?:requirements?|[\w.-]+[-_.]requirements?|requirements?[-_.][\w.-]+)\.txt$/i;
const mainNames = /^(?:requirements?|base|main|common|core|app|runtime|prod|production)$/i;

/**
 * Reads the requirement files at the top of a project: requirements*.txt and requirements/*.txt with what they
 * include, pyproject.toml, setup.cfg, setup.py, environment.yml, uv.lock and poetry.lock. Nothing is executed.
 * @param root absolute folder
 * @param env where `${VARIABLES}` of requirements files come from
 */
export async function readRequirements(
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ProjectRequirements> {
  const reader = new Reader(root, env);
  const names = listFolder(root);
  for (const name of ['pyproject.toml', 'setup.cfg', 'setup.py'].filter((each) => names.includes(each))) {
    await reader.readProjectFile(name);
  }
  const pips = [
    ...names.filter((name) => pipFile.test(name)),
    ...listFolder(path.join(root, 'requirements'))
      .filter((name) => name.endsWith('.txt'))
      .map((name) => `requirements/${name}`),
  ];
  // What the main files include is main as well, whoever else includes it, so they are read first.
  for (const name of pips.toSorted((a, b) => Number(groupOf(a) !== 'main') - Number(groupOf(b) !== 'main'))) {
    reader.readPipFile(name, groupOf(name), false);
  }
  for (const name of names.filter((each) => /^environment\.ya?ml$/.test(each) || /^(?:uv|poetry)\.lock$/.test(each))) {
    await reader.readProjectFile(name);
  }
  return reader.result();
}

/** `main` for requirements.txt and its like; else what the name adds: `dev` for requirements-dev.txt. */
function groupOf(file: string): string {
  const name = path.posix.basename(file, '.txt').replace(/^requirements?[-_.]|[-_.]requirements?$/i, '');
  return mainNames.test(name) ? 'main' : name.toLowerCase();
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

class Reader {
  private readonly root: string;
  private readonly env: Readonly<Record<string, string | undefined>>;
  private readonly files = new Set<string>();
  private readonly requirements: Requirement[] = [];
  private readonly python: PythonRequirement[] = [];
  private readonly unclear: UnclearLine[] = [];
  private ownName: string | undefined;

  constructor(root: string, env: Readonly<Record<string, string | undefined>>) {
    this.root = root;
    this.env = env;
  }

  result(): ProjectRequirements {
    const { requirements, python, unclear, ownName } = this;
    return { files: [...this.files], requirements, python, unclear, ...(ownName === undefined ? {} : { ownName }) };
  }

  async readProjectFile(file: string): Promise<void> {
    const text = this.open(file);
    if (text === undefined) return;
    try {
      await this.take(file, text);
    } catch (error) {
      const [reason = 'it cannot be read'] = (error instanceof Error ? error.message : String(error)).split('\n');
      this.unclear.push({ file, line: 1, text: '', reason });
    }
  }

  readPipFile(file: string, group: string, asConstraint: boolean): void {
    const text = this.open(file);
    if (text === undefined) return;
    for (const found of parseRequirementsText(text, this.env)) this.takePipLine(found, file, group, asConstraint);
  }

  private takePipLine(found: RequirementsLine, file: string, group: string, asConstraint: boolean): void {
    const { line, text } = found;
    if (found.kind === 'unclear') this.unclear.push({ file, line, text, reason: 'not a requirement pip can read' });
    if (found.kind === 'include' && !/^\w+:\/\//.test(found.path)) {
      const included = path.posix.join(path.posix.dirname(file), found.path.replaceAll('\\', '/'));
      this.readPipFile(included, group, asConstraint || found.asConstraint);
    }
    if (found.kind === 'requirement') {
      const kind = asConstraint ? 'constraint' : 'dependency';
      this.requirements.push({ ...found.requirement, text, kind, group, file, line });
    }
  }

  private async take(file: string, text: string): Promise<void> {
    if (file.endsWith('.lock')) this.requirements.push(...readLock(file, text));
    else if (file === 'setup.py') this.add(readSetupPy(file, text));
    else if (file === 'setup.cfg') this.addWithFiles(readSetupCfg(file, text));
    else if (file === 'pyproject.toml') {
      const read = readPyproject(file, text);
      this.ownName = read.ownName;
      this.addWithFiles(read);
    } else {
      const { readCondaEnvironment } = await import('./conda.js');
      const { pipLines, ...read } = readCondaEnvironment(file, text);
      this.add({ ...read, unclear: [] });
      for (const { text, line } of pipLines) {
        for (const found of parseRequirementsText(text, this.env))
          this.takePipLine({ ...found, line }, file, 'main', false);
      }
    }
  }

  private addWithFiles(read: ReadRequirements & { dependencyFiles: readonly string[] }): void {
    this.add(read);
    for (const file of read.dependencyFiles) this.readPipFile(file, 'main', false);
  }

  private add(read: ReadRequirements): void {
    this.requirements.push(...read.requirements);
    this.python.push(...read.python);
    this.unclear.push(...read.unclear);
  }

  /** The text of a file that was not read before; a file that cannot be read becomes an unclear one. */
  private open(file: string): string | undefined {
    if (this.files.has(file)) return undefined;
    const absolute = path.join(this.root, file);
    try {
      const stats = statSync(absolute);
      if (!stats.isFile() || stats.size > largestFileBytes) throw new Error('it is not a file of a sensible size');
      const text = decodeText(readFileSync(absolute));
      this.files.add(file);
      return text;
    } catch (error) {
      this.unclear.push({ file, line: 1, text: '', reason: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }
}
