import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { deserialize, getHeapCodeStatistics, serialize } from 'node:v8';
import { Script } from 'node:vm';
import { cacheFolder, lookedAt } from '../config/cache-folder.js';
import { keepFile, pruneFolder, readKept } from '../util/kept-files.js';
import { optimizeLate } from '../util/optimizing.js';
import { packageFile } from '../util/package-root.js';

/** What V8 made of our scripts in an earlier run. */
interface CompiledCode {
  /** How much code the process that kept it had compiled, in bytes. */
  bytes: number;
  /** How long the longest process had run that looked whether it had more, in seconds. */
  seconds: number;
  /** What V8 hands out for a script, by the script's file. */
  scripts: Map<string, Buffer>;
}

/** A run that took so many times as long may have compiled more. To find out takes a hundredth of a second. */
const worthAsking = 1.1;

/** A run that compiled so many times as much code keeps its own instead. */
const worthKeeping = 1.02;

/** Of all versions, all Nodes and all commands: a command takes one or two megabytes. */
const mostBytes = 32 * 1024 * 1024;

/**
 * Keeps the code that V8 compiles out of our scripts for the next run, which then need not compile it: a third of a
 * short run. Node does the same from version 22 on. Functions are compiled when they are first called, so what is kept
 * is taken at the end of the process, for each way to use it.
 *
 * V8 refuses what another V8 made; everything else that decides is in the name of the file.
 * Nothing is kept below a folder that the command is about, where the folder cannot be written, and where Node's own
 * NODE_DISABLE_COMPILE_CACHE asks for that.
 * @param use what the process is for, such as the name of a command: another use loads other scripts.
 */
export function keepCompiledCode(use = ''): void {
  optimizeLate();
  if (process.env['NODE_DISABLE_COMPILE_CACHE']) return;
  if ('enableCompileCache' in Module && typeof Module.enableCompileCache === 'function') {
    Module.enableCompileCache();
    return;
  }
  const file = fileFor(/^[a-z]+$/.test(use) ? use : 'other');
  if (file === undefined) return;
  const known = read(file);
  const scripts = loadScriptsWith(known.scripts);
  process.on('exit', () => {
    const seconds = process.uptime();
    const isRefused = [...scripts.values()].some((script) => script.cachedDataRejected);
    if (!isRefused && seconds < known.seconds * worthAsking) return;
    if ([...lookedAt].some((root) => cacheFolder(root) === undefined)) return;
    const { bytecode_and_metadata_size: bytes } = getHeapCodeStatistics();
    const isMore = isRefused || bytes > known.bytes * worthKeeping;
    const kept = isMore ? { bytes, scripts: compiled(scripts) } : known;
    pruneFolder(path.dirname(file), mostBytes);
    keepFile(file, [serialize({ ...kept, seconds } satisfies CompiledCode)]);
  });
}

/** What V8 has compiled of the scripts by now, under the settings that the next run loads them under. */
function compiled(scripts: ReadonlyMap<string, Script>): Map<string, Buffer> {
  optimizeLate();
  return new Map([...scripts].map(([name, script]) => [name, script.createCachedData()]));
}

/** Takes over how Node loads our files, all of them `.cjs`, which Node has no loader of its own for. */
function loadScriptsWith(known: ReadonlyMap<string, Buffer>): ReadonlyMap<string, Script> {
  const scripts = new Map<string, Script>();
  const ours = packageFile('dist/');
  const { extensions } = createRequire(import.meta.url);
  const usual = extensions['.js'];
  extensions['.cjs'] = (module, filename) => {
    if (!filename.startsWith(ours)) return usual?.(module, filename);
    const name = filename.slice(ours.length);
    const cachedData = known.get(name);
    const source = Module.wrap(readFileSync(filename, 'utf8'));
    const script = new Script(source, { filename, ...(cachedData && { cachedData }) });
    scripts.set(name, script);
    const run = script.runInThisContext() as (...args: unknown[]) => void;
    run.call(module.exports, module.exports, createRequire(filename), module, filename, path.dirname(filename));
  };
  return scripts;
}

/** @returns undefined where that is not built code, so that no other code is taken for its own. */
function fileFor(use: string): string | undefined {
  try {
    const build = readFileSync(packageFile('dist/fingerprint'), 'utf8');
    const folder = cacheFolder(packageFile('dist'));
    return folder && path.join(folder, 'code', `${use}-${build.slice(0, 16)}-${process.version}-${process.arch}`);
  } catch {
    return undefined;
  }
}

function read(file: string): CompiledCode {
  const kept = readKept(file);
  return kept === undefined ? { bytes: 0, seconds: 0, scripts: new Map() } : (deserialize(kept) as CompiledCode);
}
