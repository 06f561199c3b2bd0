import type { FileFacts, ImportUse } from '../../../source/types.js';

/**
 * Where a compiled file is imported, by an absolute name from the root or the source root, or by a relative one.
 * @param file relative to the root: `core/model.pyc`, `core/__init__.pyc`
 */
export function importedFrom(
  file: string,
  sourceRoot: string,
  files: readonly FileFacts[],
): { path: string; line: number } | undefined {
  const parts = file.replace(/(?:\/__init__)?\.pyc$/, '').split('/');
  const root = sourceRoot === '.' ? [] : sourceRoot.split('/');
  const isBelow = root.every((part, index) => parts[index] === part);
  const names = new Set([parts.join('.'), ...(isBelow ? [parts.slice(root.length).join('.')] : [])]);
  const folder = parts.slice(0, -1);
  for (const { path, imports } of files) {
    const use = imports.find((each) => {
      const asked = each.level === 0 ? namesOf(each) : relativeNames(each, path);
      return asked.some((name) => (each.level === 0 ? names.has(name) : name === [...folder, parts.at(-1)].join('.')));
    });
    if (use !== undefined) return { path, line: use.line };
  }
  return undefined;
}

/** `import a.b` asks for a and a.b, `from a import b` for a and possibly a.b. */
function namesOf({ module, names }: Pick<ImportUse, 'module' | 'names'>): readonly string[] {
  const parts = module.split('.');
  const prefixes = parts.map((_, index) => parts.slice(0, index + 1).join('.'));
  return [...prefixes, ...names.map((name) => (module === '' ? name : `${module}.${name}`))];
}

function relativeNames(use: ImportUse, importer: string): readonly string[] {
  const base = importer.split('/').slice(0, -use.level);
  return namesOf(use)
    .filter((name) => name !== '')
    .map((name) => [...base, name].join('.'));
}
