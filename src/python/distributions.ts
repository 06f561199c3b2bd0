import type { InstalledDistribution } from '../requirements/types.js';

/** What `probe/list_distributions.py` prints. */
export interface ListedDistributions {
  /** The variables of PEP 508 markers: `{ python_version: "3.11", sys_platform: "linux" }`. */
  environment: Readonly<Record<string, string>>;
  installed: readonly InstalledDistribution[];
}
