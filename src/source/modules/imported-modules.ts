/** Which outside modules can the files not do without? */
import type { FileFacts, ProjectFile } from '../types.js';

/**
 * The outside modules that a dashboard's files cannot do without, at the depth they name them: `from google import
 * protobuf` gives `google` and `google.protobuf`. Left out: tests, and imports that are allowed to fail or are for type
 * checkers alone.
 */
export function importedModules(
  files: readonly Pick<FileFacts, 'path' | 'imports'>[],
  roles: readonly Pick<ProjectFile, 'path' | 'role'>[],
): readonly string[] {
  const tests = new Set(roles.filter(({ role }) => role === 'test').map(({ path }) => path));
  const modules = files
    .filter(({ path }) => !tests.has(path))
    .flatMap(({ imports }) => imports)
    .filter(({ level, guarded, typeCheckingOnly }) => level === 0 && !guarded && !typeCheckingOnly)
    .flatMap(({ module, names }) => [module, ...names.map((name) => `${module}.${name}`)]);
  return [...new Set(modules)].sort();
}
