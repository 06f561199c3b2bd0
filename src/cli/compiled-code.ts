import { existsSync, readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { cachedDataVersionTag, deserialize, getHeapCodeStatistics, serialize } from 'node:v8';
import { Script } from 'node:vm';
import { cacheFolder, lookedAt } from '../config/cache-folder.js';
import { keepFile, pruneFolder, readKept } from '../util/kept-files.js';
import { optimize, optimizingLate } from '../util/optimizing.js';
import { packageFile } from '../util/package-root.js';

/** What V8 made of our scripts in earlier runs. */
interface CompiledCode {
  /** How much code the process that kept it had compiled, in bytes. */
  bytes: number;
  /** How long the busiest process had worked that looked whether it had more, in seconds of its processors. */
  seconds: number;
  /** What V8 hands out for a script, by the script's file. */
  scripts: ReadonlyMap<string, Buffer>;
}

const nothing: CompiledCode = { bytes: 0, seconds: 0, scripts: new Map() };

/** A run that worked so many times as long may have compiled more. To find out takes a hundredth of a second. */
const worthAsking = 1.1;

/** From here on that hundredth does not matter: seconds. */
const longWork = 5;

/** A run that compiled so many times as much code keeps its own instead. */
const worthKeeping = 1.02;

/** After so long V8 has let go of what only the start needed: seconds. */
const forgetful = 60;

/** Of all versions, all Nodes and all commands: a command takes one or two megabytes. */
const mostBytes = 32 * 1024 * 1024;

/**
 * Keeps the code that V8 compiles out of our scripts for the next run, which then need not compile it: a third of a
 * short run. Functions are compiled when they are first called, so what is kept is taken at the end of the process, for
 * each command.
 *
 * The build, the command, V8 and its settings are in the name of the file; what V8 refuses all the same is compiled anew.
 * Nothing is kept below a folder that the command is about, where the folder cannot be written, and where Node's own
 * NODE_DISABLE_COMPILE_CACHE asks for that.
 * @param command as it was typed.
 */
export function keepCompiledCode(command = ''): void {
  optimize('late');
  if (process.env['NODE_DISABLE_COMPILE_CACHE']) return;
  const file = fileFor(isCommand(command) ? command : 'other');
  if (file === undefined) return;
  const known = read(file);
  const scripts = loadScriptsWith(known.scripts);
  process.on('exit', () => {
    const found = foundSince(known, scripts);
    if (found === undefined || [...lookedAt].some((root) => cacheFolder(root) === undefined)) return;
    pruneFolder(path.dirname(file), mostBytes);
    keepFile(file, [serialize(found)]);
  });
}

/** @returns undefined where what is known is as good as ever. */
function foundSince(known: CompiledCode, scripts: ReadonlyMap<string, Script>): CompiledCode | undefined {
  if (known.scripts.size > 0 && process.uptime() > forgetful) return undefined;
  const { user, system } = process.cpuUsage();
  const seconds = Math.min((user + system) / 1e6, longWork);
  const isNew = [...scripts].some(([name, script]) => script.cachedDataRejected || !known.scripts.has(name));
  if (!isNew && seconds < Math.min(known.seconds * worthAsking, longWork)) return undefined;
  const { bytecode_and_metadata_size: bytes } = getHeapCodeStatistics();
  if (!isNew && bytes < known.bytes * worthKeeping) return seconds > known.seconds ? { ...known, seconds } : undefined;
  const compiled = optimizingLate(() =>
    [...scripts].map(([name, script]) => [name, script.createCachedData()] as const),
  );
  return { bytes, seconds, scripts: new Map([...known.scripts, ...compiled]) };
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
    const script = optimizingLate(() => new Script(source, { filename, ...(cachedData && { cachedData }) }));
    scripts.set(name, script);
    const run = script.runInThisContext() as (...args: unknown[]) => void;
    run.call(module.exports, module.exports, createRequire(filename), module, filename, path.dirname(filename));
  };
  return scripts;
}

/** A command of ours, or the topic of one: what is mistyped gets no file of its own. */
function isCommand(typed: string): boolean {
  const at = packageFile(`dist/commands/${typed}`);
  return /^[a-z]+$/.test(typed) && (existsSync(`${at}.cjs`) || existsSync(at));
}

/** @returns undefined where that is not built code, so that no other code is taken for its own. */
function fileFor(command: string): string | undefined {
  try {
    const build = readFileSync(packageFile('dist/fingerprint'), 'utf8').slice(0, 16);
    const folder = cacheFolder(packageFile('dist'));
    return folder && path.join(folder, 'code', `${command}-${build}-${cachedDataVersionTag()}`);
  } catch {
    return undefined;
  }
}

function read(file: string): CompiledCode {
  const kept = readKept(file);
  return kept === undefined ? nothing : (deserialize(kept) as CompiledCode);
}
