import { importNames, isWithinModule } from './import-names.js';
import { evaluateMarker, namesExtra, type MarkerEnvironment } from './markers.js';
import { parseRequirement, type RequirementText } from './pep508.js';
import type { InstalledDistribution } from './types.js';
import { isWithin } from './versions.js';

/** A requirement of an installed distribution that does not hold. */
export interface BrokenDependency {
  /** The distribution that requires it. */
  of: InstalledDistribution;
  requirement: RequirementText;
  /** As its metadata has it. */
  text: string;
  /** What is installed instead; absent when nothing is. */
  installed?: string;
  /** Required only by one of the distribution's extras that something asked for. */
  byExtra: boolean;
}

interface Dependency {
  requirement: RequirementText;
  text: string;
  byExtra: boolean;
}

/** What is installed for one interpreter, and how it hangs together. */
export class Installed {
  private readonly all: readonly InstalledDistribution[];
  private readonly environment: MarkerEnvironment;
  private readonly byName: ReadonlyMap<string, readonly InstalledDistribution[]>;
  private readonly parsed = new Map<InstalledDistribution, readonly Dependency[]>();

  constructor(all: readonly InstalledDistribution[], environment: MarkerEnvironment) {
    this.all = all;
    this.environment = environment;
    const byName = new Map<string, InstalledDistribution[]>();
    for (const each of all) byName.set(each.name, [...(byName.get(each.name) ?? []), each]);
    this.byName = byName;
  }

  /** The distributions of that name; more than one after an interrupted upgrade. */
  named(name: string): readonly InstalledDistribution[] {
    return this.byName.get(name) ?? [];
  }

  /** True when the marker certainly holds here. */
  applies(marker: string | undefined): boolean {
    return marker === undefined || evaluateMarker(marker, this.environment) === true;
  }

  /** True when some other distribution brings what this one is imported by: opencv-python-headless for opencv-python. */
  isProvided(name: string): boolean {
    const wanted = importNames(name);
    return this.all.some(({ modules }) => modules.some((module) => wanted.includes(module)));
  }

  /**
   * The version that is outside a specifier, or undefined when there is nothing to say: one of that name is within,
   * none is installed, or it comes from a working copy.
   */
  outside(name: string, specifier: string): string | undefined {
    const candidates = this.named(name);
    const isFine = ({ editable, version }: InstalledDistribution) => editable || isWithin(version, specifier) !== false;
    return candidates.some(isFine) ? undefined : candidates[0]?.version;
  }

  /** The names of the distributions that the imported modules come from, and of all that these require in turn. */
  usedBy(imported: readonly string[]): ReadonlySet<string> {
    const isImported = (module: string) => imported.some((each) => isWithinModule(each, module));
    const used = new Set<string>();
    const queue = this.all.filter(({ modules }) => modules.some(isImported));
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (used.has(next.name)) continue;
      used.add(next.name);
      for (const { requirement } of this.dependencies(next, [])) queue.push(...this.named(requirement.name));
    }
    return used;
  }

  /**
   * Every requirement of an installed distribution that does not hold, as `pip check` sees it, and those of the extras
   * that were asked for.
   * @param asked extras by the name of their distribution
   */
  broken(asked: readonly { name: string; extras: readonly string[] }[]): readonly BrokenDependency[] {
    const extras = this.activeExtras(asked);
    return this.all.flatMap((distribution) =>
      this.dependencies(distribution, [...(extras.get(distribution.name) ?? [])]).flatMap((dependency) => {
        const { name, specifier } = dependency.requirement;
        const installed = this.outside(name, specifier);
        const isMissing = this.named(name).length === 0 && !this.isProvided(name);
        if (installed === undefined && !isMissing) return [];
        return [{ of: distribution, ...dependency, ...(installed === undefined ? {} : { installed }) }];
      }),
    );
  }

  private activeExtras(
    asked: readonly { name: string; extras: readonly string[] }[],
  ): ReadonlyMap<string, Set<string>> {
    const active = new Map<string, Set<string>>();
    const queue = [...asked, ...this.all.map(({ name }) => ({ name, extras: [] as readonly string[] }))];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const known = active.get(next.name) ?? new Set();
      const added = next.extras.filter((extra) => !known.has(extra));
      if (active.has(next.name) && added.length === 0) continue;
      active.set(next.name, new Set([...known, ...added]));
      for (const distribution of this.named(next.name)) {
        queue.push(...this.dependencies(distribution, [...known, ...added]).map(({ requirement }) => requirement));
      }
    }
    return active;
  }

  /** What a distribution requires here with some of its extras. */
  private dependencies(distribution: InstalledDistribution, extras: readonly string[]): readonly Dependency[] {
    const all = this.parsed.get(distribution) ?? distribution.requires.flatMap(readDependency);
    this.parsed.set(distribution, all);
    return all.filter(
      ({ requirement: { marker }, byExtra }) =>
        marker === undefined ||
        ((!byExtra || extras.length > 0) && evaluateMarker(marker, this.environment, extras) === true),
    );
  }
}

function readDependency(text: string): readonly Dependency[] {
  const requirement = parseRequirement(text);
  if (requirement === undefined) return [];
  return [{ requirement, text, byExtra: requirement.marker !== undefined && namesExtra(requirement.marker) }];
}
