import type { FactorValue, Overrides } from '../plots/combinations.js';
import type { Expected } from '../plots/types.js';

/** A network endpoint the dashboard needs, as given in the config. */
export interface EndpointSetting {
  url: string;
  /** Seconds until the first byte; beyond it the endpoint counts as slow. */
  timeoutS: number;
}

/** How to start a dashboard that is not Streamlit, and how to launch any. */
export interface LaunchSettings {
  /** Program and arguments; `{port}` and `{python}` are filled in. Absent: `streamlit run ENTRY`. */
  command?: readonly string[];
  /** Path or URL that answers 2xx once the dashboard is up; `{port}` is filled in. Streamlit: `/_stcore/health`. */
  health?: string;
  /** The port the dashboard will run on in earnest. Absent: what the dashboard's own config says. */
  port?: number;
  /** Extra arguments for the dashboard. */
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  /** Seconds from the start of the process to the end of the first script run. */
  timeoutS: number;
}

/** Which plots the dashboard offers for which architecture, as far as the config says. */
export interface PlotSettings {
  /** The function that says which plots there are: `components.live_graph:get_available_plot_types`. Absent: found. */
  list?: string;
  /** The class of the configuration that it takes: `core.config:MoEConfig`. Absent: found. */
  config?: string;
  /** Fields and the values they can have. Absent: found. */
  factors?: Readonly<Record<string, readonly FactorValue[]>>;
  /** What the configuration is made with in every combination. */
  overrides: Overrides;
  /** Instead of every combination of the factors. */
  combinations?: readonly Overrides[];
  /** The matrix as it must be. */
  expected?: Expected;
}

declare module '../engine/types.js' {
  interface Settings {
    /** Absolute path of the dashboard's repository (or the folder in it that holds the dashboard). */
    root: string;
    /** Absolute path of the config file that was read, if there is one. */
    configFile?: string;
    /** Entry script, relative to root. Absent: found by what the code does. */
    entry?: string;
    /** The interpreter to use, absolute. Absent: found. */
    python?: string;
    /** Modules to import, replacing the ones found. */
    modules?: readonly string[];
    /** Symbols that must exist: `core.architecture:MoEModel.get_last_saturation_metrics`. */
    symbols: readonly string[];
    /** Globs, relative to root, of what is not part of the dashboard. */
    exclude: readonly string[];
    imports: {
      /** Seconds one module may take to import, heavy packages included. */
      timeoutS: number;
    };
    launch: LaunchSettings;
    network: {
      endpoints: readonly EndpointSetting[];
      /** Seconds for each of: name look-up, connect, TLS, first byte. */
      timeoutS: number;
    };
    metrics: {
      /** Run folders, files of metrics or folders that hold some, relative to root. */
      runs: readonly string[];
      /** The project's own JSON Schema of a record, absolute. */
      schema?: string;
    };
    /** Train the reference models too, which takes half a minute or more. */
    train: boolean;
    /** Absolute path of the folder in which what was read of sources is kept between runs. Absent: nothing is kept. */
    cache?: string;
    plots: PlotSettings;
    /** Check ids or groups; empty: all. */
    only: readonly string[];
    skip: readonly string[];
    tier: Tier;
    failOn: Severity;
  }
}
