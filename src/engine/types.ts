/**
 * The vocabulary of the engine. It knows no Python, no MoE and no terminal: what there is to look at and how
 * the user has set things are two open interfaces that collectors and config fill by declaration merging.
 */

/** Everything that can be looked at. Each collector adds the artifact it produces: `interface Artifacts { compilation: Compilation }`. */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by declaration merging
export interface Artifacts {}

/** How the user wants things done. `src/config/settings.ts` adds the members. */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by declaration merging
export interface Settings {}

export type ArtifactKey = keyof Artifacts & string;

export const severities = ['info', 'warning', 'error'] as const;
export type Severity = (typeof severities)[number];

/** How deep a look goes: `static` needs no Python, `import` starts the target's interpreter or asks the network, `launch` starts the dashboard. */
export const tiers = ['static', 'import', 'launch'] as const;
export type Tier = (typeof tiers)[number];

export type CheckId = `${string}/${string}`;

export interface Location {
  /** Path relative to the target's root, with forward slashes. */
  file: string;
  /** 1-based. */
  line?: number;
  /** 1-based. */
  column?: number;
}

export interface Finding {
  /** Stable within the check: `missing-method`. */
  code: string;
  /** What it is about, stable across runs: a path, `Class.method`, a metric key. Never a line number. */
  subject: string;
  /** One sentence a person understands. */
  message: string;
  /** When it differs from the check's own. */
  severity?: Severity;
  location?: Location;
  /** The lines that prove it. */
  evidence?: readonly string[];
  /** What to do, as a command or an edit where one exists. */
  fix?: string;
  /** A near miss: the name that was probably meant. */
  suggestion?: string;
}

export type CheckResult = readonly Finding[] | { notApplicable: string };

export interface Check<
  Needed extends ArtifactKey = ArtifactKey,
  Deeper extends ArtifactKey = ArtifactKey,
  Wanted extends ArtifactKey = ArtifactKey,
> {
  id: CheckId;
  title: string;
  /** Why a person should care: the failure it prevents. */
  why: string;
  /** The severity of a finding that does not say otherwise. */
  severity: Severity;
  /** Every code a finding may carry, with its meaning in one line. */
  codes: Readonly<Record<string, string>>;
  /** Without one of these the check is blocked (could not look) or skipped (was told not to). */
  needs: readonly Needed[];
  /**
   * What makes the check see more than its needs alone. Skipped: it judges by its needs, and the report says
   * what was left out. Failed: findings still count, but "nothing found" becomes blocked, for we did not look.
   */
  deepenedBy?: readonly Deeper[];
  /** Used when there, never collected for this check's sake and never a reason to be blocked. */
  wants?: readonly Wanted[];
  /** Under bisect it is run even when not asked for: where it fails, a revision cannot be judged by the others. */
  prerequisite?: boolean;
  run(artifacts: Readonly<Pick<Artifacts, Needed> & Partial<Pick<Artifacts, Deeper | Wanted>>>): CheckResult;
  /** What of that it cannot judge, though it was looked at: said where nothing is found. */
  leftOut?(artifacts: Readonly<Pick<Artifacts, Needed>>): readonly string[];
}

export interface SerializedError {
  name: string;
  message: string;
  /** What the person at the keyboard can do about it. */
  fix?: string;
  /** Only for errors of ours. */
  stack?: string;
}

/** A fact that was found rather than given, for the head of the report: what, which, and how it was found. */
export interface Fact {
  label: string;
  value: string;
  how: string;
}

export type Collected<T> =
  | { state: 'ok'; value: T }
  | { state: 'skipped'; reason: string }
  | {
      state: 'failed';
      error: SerializedError;
      /** The artifact at the root of the failure, when it is not this one. */ because?: ArtifactKey;
    };

export interface CollectContext<
  Dependency extends ArtifactKey = never,
  Wanted extends ArtifactKey = never,
  Key extends ArtifactKey = never,
> {
  settings: Settings;
  /** Aborted on the collector's deadline and on Ctrl-C; a collector ends what it started before it settles. */
  signal: AbortSignal;
  artifacts: Readonly<Pick<Artifacts, Dependency> & Partial<Pick<Artifacts, Wanted>>>;
  /** While a target is watched: what the last look saw, and the files that have changed since, relative to the root. */
  before?: { value: Artifacts[Key]; changed: readonly string[] };
}

export interface Collector<
  Key extends ArtifactKey = ArtifactKey,
  Dependency extends ArtifactKey = ArtifactKey,
  Wanted extends ArtifactKey = ArtifactKey,
> {
  artifact: Key;
  tier: Tier;
  /** For the task list: "importing the modules". */
  title: string;
  /** Collected first; when one of them is not there, this one is not collected either. */
  dependsOn?: readonly Dependency[];
  /** Waited for when something else asks for them, never collected for this one's sake. */
  wants?: readonly Wanted[];
  /**
   * Which files of the target, relative to its root, it reads by itself: while a target is watched it is looked at again
   * once one of them has changed, or something that this look builds on was looked at again. Absent: none.
   */
  reads?(file: string): boolean;
  /** The longest a look may take, in seconds. */
  deadlineS(settings: Settings): number;
  collect(context: CollectContext<Dependency, Wanted, Key>): Promise<Artifacts[Key]>;
  /** What the head of the report says was found, and how. */
  facts?(value: Artifacts[Key]): readonly Fact[];
}

export type Outcome =
  | {
      status: 'passed';
      /** Worth knowing, not worth a warning: findings of severity info. */
      notes?: readonly Finding[];
      /** What could have been looked at as well but was skipped. */
      leftOut?: readonly string[];
    }
  | { status: 'failed'; findings: readonly Finding[] }
  | { status: 'not-applicable'; reason: string }
  | { status: 'skipped'; reason: string }
  | { status: 'blocked'; artifact: string; error: SerializedError }
  | { status: 'errored'; error: SerializedError };
