import { firstComplaint, validatorOf } from '../util/json-schema.js';
import { readRegular } from '../util/regular-file.js';
import { fileError, MetricsError } from './errors.js';

/**
 * Reads a JSON document that follows one of our schemas; `T` must be the type the schema was generated from.
 * @throws MetricsError when it cannot be read, or is not `what`
 */
export async function readDocument<T>(file: string, schema: string, what: string, fix?: string): Promise<T> {
  const bytes = await readRegular(file).catch((error: unknown) => {
    throw fileError(file, 'read', error);
  });
  let content: unknown;
  try {
    content = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new MetricsError(`${file} is no ${what}: it is not one JSON document`, fix);
  }
  const isExpected = await validatorOf<T>(schema);
  if (isExpected(content)) return content;
  throw new MetricsError(`${file} is no ${what}: ${firstComplaint(isExpected.errors)}`, fix);
}
