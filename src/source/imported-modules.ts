import type { FileFacts } from './types.js';

/**
 * The outside modules that files cannot do without, at the depth they name them: `from google import protobuf` gives
 * `google` and `google.protobuf`. Imports that are allowed to fail, or are for type checkers alone, are left out.
 */
export function importedModules(files: readonly Pick<FileFacts, 'imports'>[]): readonly string[] {
  const modules = files
    .flatMap(({ imports }) => imports)
    .filter(({ level, guarded, typeCheckingOnly }) => level === 0 && !guarded && !typeCheckingOnly)
    .flatMap(({ module, names }) => [module, ...names.map((name) => `${module}.${name}`)]);
  return [...new Set(modules)].sort();
}
