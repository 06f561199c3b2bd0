import { readFile } from 'node:fs/promises';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { packageFile } from './package-root.js';

/**
 * The validator of one published schema, by its name under `schemas/`: `report`, `artifacts/compilation`.
 * It is a type guard; `T` must be the type the schema was generated from. Ajv is loaded only when first asked for.
 */
export async function validatorOf<T>(name: string): Promise<ValidateFunction<T>> {
  const [{ Ajv2020 }, text] = await Promise.all([
    import('ajv/dist/2020.js'),
    readFile(packageFile(`schemas/${name}.schema.json`), 'utf8'),
  ]);
  return new Ajv2020({ allErrors: true, allowUnionTypes: true, verbose: true }).compile<T>(JSON.parse(text));
}

/** The first complaint of a validator in one line: where, and what was expected. */
export function firstComplaint(errors: readonly ErrorObject[] | null | undefined): string {
  const error = errors?.[0];
  if (error === undefined) return 'not as expected';
  const detail = error.keyword === 'additionalProperties' ? `: ${String(error.params['additionalProperty'])}` : '';
  return `${error.instancePath || '(top level)'} ${error.message ?? 'is not as expected'}${detail}`;
}
