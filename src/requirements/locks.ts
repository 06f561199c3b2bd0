import { normalizeName } from './names.js';
import type { Requirement } from './types.js';
import { isVersion } from './versions.js';

/**
 * The versions that a uv.lock or poetry.lock settled on. Both are written by machines in one shape (`[[package]]`,
 * `name = "…"`, `version = "…"`), so lines are enough, and each package knows its own. A package may stand there
 * more than once, for different platforms. The project itself and folders of its workspace are left out.
 */
export function readLock(file: string, text: string): readonly Requirement[] {
  const found: Requirement[] = [];
  let current: { name?: string; version?: string; line: number; isOwn: boolean } | undefined;
  const finish = () => {
    const { name, version, line, isOwn } = current ?? { line: 0, isOwn: true };
    current = undefined;
    if (isOwn || name === undefined || version === undefined || !isVersion(version)) return;
    const text = `${name} ${version}`;
    found.push({
      name: normalizeName(name),
      text,
      extras: [],
      specifier: `==${version}`,
      kind: 'lock',
      group: 'lock',
      file,
      line,
    });
  };
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\[(?!package\.)/.test(line)) {
      finish();
      if (line.startsWith('[[package]]')) current = { line: index + 1, isOwn: false };
    } else if (current !== undefined) {
      const name = /^name = "([^"]+)"/.exec(line)?.[1];
      const version = /^version = "([^"]+)"/.exec(line)?.[1];
      if (name !== undefined) current.name ??= name;
      if (version !== undefined) current.version ??= version;
      if (/^source = \{ (?:editable|virtual|directory) = |^type = "(?:directory|file)"/.test(line))
        current.isOwn = true;
    }
  }
  finish();
  return found;
}
