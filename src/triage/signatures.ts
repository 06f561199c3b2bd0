import { readFile } from 'node:fs/promises';
import { firstComplaint, validatorOf } from '../util/json-schema.js';
import { packageFile } from '../util/package-root.js';

/** What a known failure does to a dashboard: stops it, harms it, or only looks alarming. */
export type SignatureClass = 'fatal' | 'warning' | 'benign';

/** One known failure, recognised by what it leaves in a log. */
export interface Signature {
  /** @pattern ^[a-z0-9]+(-[a-z0-9]+)*$ */
  id: string;
  /** JavaScript regular expression; a blank in it also matches a line break, because logs are wrapped. */
  pattern: string;
  /** A log that the pattern matches. */
  example_log: string;
  /** The part of the world that fails: `streamlit file watcher x torch`. */
  component: string;
  cause: string;
  /** Which versions, as far as known. */
  affected: string;
  fix: string;
  /** @minItems 1 */
  sources: readonly string[];
  class: SignatureClass;
  /** Regular expression: where the matched text holds it, this occurrence is benign. */
  harmlessWhen?: string;
  /** The failure was made to happen, not only read about. */
  reproduced: boolean;
  /** What the fix rests on. */
  fixBasis: string;
}

export type Signatures = readonly Signature[];

/** The known failures of `data/signatures.json`. */
export async function loadSignatures(): Promise<Signatures> {
  const content: unknown = JSON.parse(await readFile(packageFile('data/signatures.json'), 'utf8'));
  const isSignatures = await validatorOf<Signatures>('signatures');
  if (isSignatures(content)) return content;
  throw new Error(`data/signatures.json: ${firstComplaint(isSignatures.errors)}`);
}

/** The pattern as it is matched: a blank stands for any whitespace, a line break included. */
export function patternOf(signature: Pick<Signature, 'pattern'>): RegExp {
  const tolerant = signature.pattern.replaceAll(/\\.|\[(?:\\.|[^\]])*\]| /g, (part) => (part === ' ' ? '\\s+' : part));
  return new RegExp(tolerant, 'g');
}
