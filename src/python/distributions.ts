import type { InstalledDistribution } from '../requirements/types.js';

/** What `probe/list_distributions.py` prints. */
export interface ListedDistributions {
  /** The variables of PEP 508 markers: `{ python_version: "3.11", sys_platform: "linux" }`. */
  environment: Readonly<Record<string, string>>;
  installed: readonly InstalledDistribution[];
  /**
   * Top-level names of all that lies where the interpreter looks for packages. Absent where more may be importable than
   * lies there, and where nobody looked.
   */
  importable?: readonly string[];
}
