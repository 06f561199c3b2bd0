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

/**
 * The validator of a schema that somebody else wrote: keywords that JSON Schema does not know are annotations, formats are
 * not checked, and NaN and Infinity are no numbers.
 * @throws Error when it is no schema, or refers to one that is not in it
 */
export async function validatorFor(schema: object): Promise<ValidateFunction> {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const lenient = { strict: false, strictNumbers: true, validateFormats: false, logger: false } as const;
  return new Ajv2020({ ...lenient, allErrors: true }).compile(schema);
}

/** The first complaint of a validator in one line: where, and what was expected. */
export function firstComplaint(errors: readonly ErrorObject[] | null | undefined): string {
  const error = errors?.[0];
  if (error === undefined) return 'not as expected';
  const detail = error.keyword === 'additionalProperties' ? `: ${String(error.params['additionalProperty'])}` : '';
  return `${error.instancePath || '(top level)'} ${error.message ?? 'is not as expected'}${detail}`;
}
