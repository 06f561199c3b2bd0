/** A line of the repository. */
export interface Line {
  file: string;
  /** 1-based. */
  line: number;
  /** Without what it is indented by. */
  text: string;
}

/** A chart or a metrics record that numbers reach. */
export interface Shows extends Line {
  what: 'chart' | 'table' | 'record';
  /** What is called, or the key of the record: `fig.add_scatter`, `loss`. */
  by: string;
  /** What it is called on the page. */
  label?: string;
  /** The function it stands in. */
  function?: string;
}

/** Numbers that are made up, or nothing at all, where the reader expects a measurement. */
export interface FabricatedPlot {
  /**
   * `random`: from a random number generator. `series`: written down one by one. `curve`: a function of nothing
   * measured. `placeholder`: words, or nothing, in the place of a plot.
   */
  kind: 'random' | 'series' | 'curve' | 'placeholder';
  /** Where the numbers are made, or the words stand. */
  source: Line & { column: number; function?: string };
  /** Where they pass between the source and the chart, in this order. */
  way: readonly Line[];
  /** The charts they reach, the first few. */
  shows: readonly Shows[];
  /** How many they reach. */
  reached: number;
  /** Something measured may be shown in their place, so that nobody notices. */
  isFallback: boolean;
  /** The test of a demo mode that they stand under. */
  flag?: string;
  /** What tells the reader so, for the whole page or nearby. */
  said?: { text: string; ofPage: boolean };
}
