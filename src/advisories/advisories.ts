import { readFile } from 'node:fs/promises';
import type { AskedApi } from '../source/facts/api-patterns.js';
import { packageFile } from '../util/package-root.js';

/** An API that some releases of a distribution do not have, or have in another way. */
export interface ApiAdvisory {
  /** @pattern ^[a-z0-9.]+(-[a-z0-9._]+)*$ */
  id: string;
  /** Normalized; `python` for the standard library. */
  distribution: string;
  /** The top-level module its APIs are imported from: `PIL` for pillow. */
  module: string;
  /** The releases it is about, as PEP 440: `>=1.37`. */
  versions: string;
  /** `removed`: gone in these. `not-yet`: came later. `deprecated`: works and will go. `changed`: does something else. */
  kind: 'removed' | 'not-yet' | 'deprecated' | 'changed';
  /** What to use instead, by the API as `source/facts/api-patterns.ts` names it. For `not-yet`: the release to upgrade to. */
  apis: Readonly<Record<string, string>>;
  /** What goes wrong, where that does not go without saying. */
  note?: string;
  /** What the entry rests on: `introspection of streamlit 1.64.0`. */
  basis: string;
  /** @minItems 1 */
  sources: readonly string[];
}

/** Releases that do not work together although their metadata allows it. */
export interface BadCombination {
  /** @pattern ^[a-z0-9]+(-[a-z0-9]+)*$ */
  id: string;
  /** All of them installed in these releases (PEP 440), by normalized name. */
  packages: Readonly<Record<string, string>>;
  /** A PEP 508 marker: only bad where it holds. */
  marker?: string;
  cause: string;
  fix: string;
  /** Default: error. */
  severity?: 'warning';
  /** The signature of `data/signatures.json` by which a log shows it. */
  signature?: string;
  /** @minItems 1 */
  sources: readonly string[];
}

/** Distributions whose local versions (`+cpu`, `+cu124`) must be the same. */
export interface SameBuild {
  id: string;
  packages: readonly string[];
  cause: string;
  fix: string;
  signature?: string;
  sources: readonly string[];
}

/** What `data/advisories.json` holds. */
export interface KnownAdvisories {
  apis: readonly ApiAdvisory[];
  combinations: readonly BadCombination[];
  builds: readonly SameBuild[];
}

/** The advisories of `data/advisories.json`; a test holds the file against its schema, which would cost every run a tenth of a second. */
export async function loadAdvisories(): Promise<KnownAdvisories> {
  return JSON.parse(await readFile(packageFile('data/advisories.json'), 'utf8'));
}

/** The APIs that a reading of sources has to look out for. */
export function askedApis({ apis }: KnownAdvisories): readonly AskedApi[] {
  const asked = apis.flatMap(({ module, apis }) => Object.keys(apis).map((api) => ({ api, module })));
  return [...new Map(asked.map((each) => [each.api, each])).values()];
}
