import { readdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { normalizeName } from '../requirements/names.js';
import type { InstalledDistribution } from '../requirements/types.js';
import type { ListedDistributions } from './distributions.js';

/**
 * The distributions of a virtual environment, read from its folder without starting Python. Undefined when the folder
 * alone does not settle what its interpreter sees: it is no virtual environment, shares the packages of the system,
 * or has a layout we do not know.
 * @param executable absolute path of the environment's interpreter: `…/.venv/bin/python`
 */
export async function readVirtualEnvironment(executable: string): Promise<ListedDistributions | undefined> {
  const folder = path.dirname(path.dirname(executable));
  const settings = await readSettings(path.join(folder, 'pyvenv.cfg'));
  if (settings === undefined || settings['include-system-site-packages'] !== 'false') return undefined;
  const version = /^\d+\.\d+\.\d+/.exec(settings['version_info'] ?? settings['version'] ?? '')?.[0];
  const sitePackages = await sitePackagesOf(folder);
  if (version === undefined || sitePackages === undefined) return undefined;
  const implementation = settings['implementation'] ?? (sitePackages.includes('pypy') ? 'PyPy' : 'CPython');
  const added = await addedPaths(sitePackages);
  const places = [sitePackages, ...added.paths];
  const found = await Promise.all(places.map((place) => distributionsIn(place, place !== sitePackages)));
  const importable = added.hasHooks ? undefined : await importableIn(places);
  const environment = markerEnvironment(version, implementation);
  return { environment, installed: found.flat(), ...(importable && { importable }) };
}

async function readSettings(file: string): Promise<Readonly<Record<string, string>> | undefined> {
  const text = await readText(file);
  if (text === '') return undefined;
  const entries = text.split(/\r?\n/).flatMap((line) => {
    const [key, ...value] = line.split('=');
    return key === undefined || value.length === 0 ? [] : [[key.trim().toLowerCase(), value.join('=').trim()] as const];
  });
  return Object.fromEntries(entries);
}

async function sitePackagesOf(folder: string): Promise<string | undefined> {
  if (process.platform === 'win32') return path.join(folder, 'Lib', 'site-packages');
  const versions = (await namesIn(path.join(folder, 'lib'))).filter((name) => /^(?:python|pypy)3\.\d+t?$/.test(name));
  const [only, ...others] = versions;
  return only === undefined || others.length > 0 ? undefined : path.join(folder, 'lib', only, 'site-packages');
}

/** Their code finds no modules elsewhere. */
const harmlessHooks = /^(?:distutils-precedence|_virtualenv|a1_coverage|.*-nspkg)\.pth$/;

/**
 * The folders that .pth files add, which is how working copies were installed before PEP 660, and whether their code may
 * find modules elsewhere, as that of later working copies does.
 */
async function addedPaths(sitePackages: string): Promise<{ paths: readonly string[]; hasHooks: boolean }> {
  const names = await namesIn(sitePackages);
  const files = names.filter((name) => name.endsWith('.pth'));
  const texts = await Promise.all(
    files.map(async (name) => ({ name, text: await readText(path.join(sitePackages, name)) })),
  );
  const lines = texts.flatMap(({ name, text }) =>
    text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .map((line) => ({ name, line: line.trimEnd() })),
  );
  const isCode = (line: string): boolean => /^import\s/.test(line);
  return {
    paths: lines
      .filter(({ line }) => line !== '' && !line.startsWith('#') && !isCode(line))
      .map(({ line }) => path.resolve(sitePackages, line)),
    hasHooks:
      names.some((name) => /^(?:site|user)customize\b/.test(name)) ||
      lines.some(({ name, line }) => isCode(line) && !harmlessHooks.test(name)),
  };
}

/** Whatever lies in the folders may be a module. Undefined when one of them is an archive, which is not looked into. */
async function importableIn(folders: readonly string[]): Promise<readonly string[] | undefined> {
  const listed = await Promise.all(folders.map(namesOrNone));
  if (listed.includes(undefined)) return undefined;
  const names = listed.flatMap((each) => each ?? []).map((name) => name.split('.', 1)[0] ?? name);
  return [...new Set(names)].filter((name) => identifier.test(name)).sort();
}

/** What lies in a folder, nothing where there is none; undefined when something else stands in its place. */
async function namesOrNone(folder: string): Promise<readonly string[] | undefined> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? [] : undefined));
}

async function distributionsIn(folder: string, editable: boolean): Promise<readonly InstalledDistribution[]> {
  const names = (await namesIn(folder)).filter((name) => /^[^~].*\.(?:dist|egg)-info$/.test(name));
  const found = await Promise.all(names.map((name) => describe(path.join(folder, name), editable)));
  return found.filter((each) => each !== undefined);
}

async function describe(folder: string, editable: boolean): Promise<InstalledDistribution | undefined> {
  const [metadata, record, topLevel, address] = await Promise.all([
    readText(path.join(folder, folder.endsWith('.dist-info') ? 'METADATA' : 'PKG-INFO')),
    readText(path.join(folder, 'RECORD')),
    readText(path.join(folder, 'top_level.txt')),
    readText(path.join(folder, 'direct_url.json')),
  ]);
  const [header = ''] = metadata.split(/\r?\n\r?\n/, 1);
  const values = (key: string) =>
    [...header.matchAll(new RegExp(`^${key}:\\s*(.*?)\\s*$`, 'gim'))].map(([, value]) => value ?? '');
  const [name] = values('Name');
  const [version] = values('Version');
  if (name === undefined || version === undefined) return undefined;
  return {
    name: normalizeName(name),
    version,
    requires: values('Requires-Dist'),
    modules: record === '' ? [...new Set(topLevel.split(/\s+/))].filter(Boolean).sort() : modulesOf(record),
    editable: editable || /"editable":\s*true/.test(address),
  };
}

const identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** What can be imported, by the list of installed files: `numpy/__init__.py` gives numpy, `google/protobuf/…` google.protobuf. */
function modulesOf(record: string): readonly string[] {
  const files = new Set(record.split(/\r?\n/).map((line) => line.split(',', 1)[0]?.replaceAll('"', '') ?? ''));
  const modules = new Set<string>();
  // Ten thousand files may lie in one folder; what is known of the first one holds for all.
  const settled = new Set<string>();
  for (const file of files) {
    const [top = '', ...below] = file.split('/', 2);
    if (settled.has(top)) continue;
    if (below.length > 0 && (!identifier.test(top) || files.has(`${top}/__init__.py`))) {
      settled.add(top);
      if (identifier.test(top)) modules.add(top);
    } else if (/\.(?:pyi?|so|pyd)$/.test(file)) {
      const parts = file.split('/');
      const names = parts.map((part) => part.split('.', 1)[0] ?? '');
      if (parts.slice(0, -1).some((part) => part.includes('.')) || !names.every((name) => identifier.test(name)))
        continue;
      let depth = 1;
      while (depth < Math.min(3, parts.length) && !files.has(`${parts.slice(0, depth).join('/')}/__init__.py`))
        depth += 1;
      const importable = names.slice(0, depth);
      modules.add((importable.at(-1) === '__init__' ? importable.slice(0, -1) : importable).join('.'));
    }
  }
  return [...modules].sort();
}

/** The variables of PEP 508, by what the environment says of its Python and Node says of the machine. */
function markerEnvironment(version: string, implementation: string): Readonly<Record<string, string>> {
  const isWindows = process.platform === 'win32';
  const machines: Readonly<Record<string, string>> = { x86_64: 'AMD64', arm64: 'ARM64', i686: 'x86' };
  const environment: Record<string, string> = {
    implementation_name: implementation.toLowerCase(),
    os_name: isWindows ? 'nt' : 'posix',
    platform_machine: isWindows ? (machines[os.machine()] ?? os.machine()) : os.machine(),
    platform_python_implementation: implementation,
    platform_release: os.release(),
    platform_system: isWindows ? 'Windows' : os.type(),
    platform_version: os.version(),
    python_full_version: version,
    python_version: version.split('.', 2).join('.'),
    sys_platform: process.platform,
  };
  // PyPy numbers itself apart from the Python it implements.
  return implementation === 'CPython' ? { ...environment, implementation_version: version } : environment;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

/** The text of a file, empty when it cannot be read. */
async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
