import type { Factor } from './combinations.js';

/** Where in the sources, with the line of text that stands there. */
export interface Place {
  /** Relative to the root, forward slashes. */
  path: string;
  /** 1-based. */
  line: number;
  /** 1-based, in UTF-16 code units. */
  column: number;
  /** The line, without the space around it. */
  text: string;
}

/** What the sources say about the plots of a dashboard. */
export interface PlotSources {
  /** Plot types that are told apart at the same places. */
  groups: readonly PlotGroup[];
  /** The function that says which plots there are for a configuration. */
  list?: PlotList;
  /** Why there is none, and how one is named. */
  whyNoList?: string;
}

/** Plot types that are told apart at the same places. */
export interface PlotGroup {
  offered: readonly OfferedPlot[];
  /** Something else may be offered as well: why. Absent: `offered` is all. */
  alsoOffered?: string;
  /** The plot types that something is drawn for. */
  rendered: readonly RenderedPlot[];
  /** What is not listed may be drawn as well: why. Absent: `rendered` is all. */
  alsoRendered?: string;
  /** Everything that is offered is meant to be drawn here: a name says plot, or what is not known is refused. */
  exhaustive: boolean;
}

export interface PlotList {
  /** `components.live_graph:get_available_plot_types` */
  function: string;
  how: string;
  /** Of its definition; absent for one that the config names and the sources do not show. */
  place?: Place;
  /** Which of the groups it offers plots of; absent where none of its plots is told apart anywhere. */
  group?: number;
  /** `core.config:MoEConfig`, of which it takes an object. Absent: it takes the factors themselves, or nothing. */
  config?: string;
  /** What the configuration can be set to; empty when nothing was found. */
  factors: readonly Factor[];
  /** Why it cannot be asked without being told more. */
  whyNotAsked?: string;
}

export interface OfferedPlot {
  /** The text, with `{}` for what is filled in: `Expert {} load`. */
  plotType: string;
  place: Place;
  /** Only under a condition that may never hold: what is left of a list that was filtered. */
  uncertain?: true;
  /** The text is compared with, or looked up, at another place as well. */
  knownElsewhere?: true;
}

export interface RenderedPlot {
  plotType: string;
  /** Where the plot type is told apart: the comparison, the case or the entry of the table. */
  place: Place;
  /** The function that draws it, as module:name; absent where the statements stand there themselves, or it is unknown. */
  renderer?: string;
  /** The text stands at another place as well, or is not known in full. */
  mentionedElsewhere?: true;
  /** What it reads of the measured data. */
  metrics: readonly MetricRead[];
}

/** A metric that a renderer reads. */
export interface MetricRead {
  /** `expert_{}_activation` */
  key: string;
  place: Place;
  /** Whether anything in the repository stores a value under the key; `unknown` where data comes from elsewhere. */
  produced: 'yes' | 'no' | 'unknown';
  /** A key that is produced and was probably meant. */
  nearest?: string;
}

/** Requirement on the factors: each that is named has that value, or one of those. Empty: always fulfilled. */
export type Condition = Readonly<Record<string, Factor['values'][number] | Factor['values']>>;

/** Plot type → the combinations it must be offered in: those that fulfil the condition, or one of them. */
export type Expected = Readonly<Record<string, Condition | readonly Condition[]>>;

/** What the plot-list function said when it was asked for one combination. */
export type ListAnswer =
  | { status: 'ok'; plots: readonly string[]; durationMs: number }
  /** The dashboard itself does not allow the combination. */
  | { status: 'rejected'; why: string }
  /** It raised, hung, ended the interpreter, or gave something that is no list of texts. */
  | { status: 'failed'; why: string; place?: Place };

/** An answer, and the name of the combination that was asked for. */
export type PlotListAnswer = ListAnswer & { combination: string };
