import { defineCollector } from '../engine/define.js';
import { fillInAll } from './launch/streamlit-start.js';
import { planImports, type AskedAttribute } from '../python/import-request.js';
import { runProbe } from '../python/probe.js';
import type { MissingAttribute } from '../source/values/missing-attributes.js';

/** Every module of the dashboard, imported in a child of its own by the target's interpreter. */
export interface Imports {
  python: string;
  /** How modules were kept apart. `process`: one interpreter a module, where fork is missing or the preloader died. */
  isolation: 'fork' | 'process';
  /** Third-party modules imported once, before the first fork. What failed there is left to the modules that need it. */
  preloaded: readonly { module: string; durationMs: number; ok: boolean }[];
  modules: readonly ImportedModule[];
  symbols: readonly SymbolLookup[];
  /** What the classes themselves say of attributes that their text does not show. Absent when nobody asked. */
  attributes?: readonly AttributeLookup[];
}

/** One attribute of a class whose bases from outside may provide it. */
export interface AttributeLookup {
  /** The class's file. */
  file: string;
  class: string;
  name: string;
  status: 'provided' | 'missing' | 'unknown';
}

export interface ImportedModule {
  /** Dotted name, or the path of an entry, page or script, of which only the import statements were executed. */
  module: string;
  /** Relative to root; absent for a module that the config names and that is none of the dashboard's files. */
  path?: string;
  wholeModule: boolean;
  /** Reached from the entry script by imports. */
  reachable: boolean;
  status: 'ok' | 'error' | 'timeout' | 'exited' | 'crashed';
  durationMs: number;
  /** The exception that ended it, and those it was raised from, the diagnosis (the last one raised) first. */
  exceptions: readonly PythonException[];
  /** With `exited`: the code given to sys.exit or os._exit. With `crashed`: the signal's name. */
  exitCode?: number;
  signal?: string;
  /** Where the module was when its time was up, where it crashed or where it ended itself: innermost frame last. */
  stack: readonly StackFrame[];
  /** What it printed, the first lines. */
  output: readonly string[];
}

export interface PythonException {
  /** `ModuleNotFoundError`; dotted for exceptions outside builtins. */
  type: string;
  message: string;
  /** Innermost frame last; frames of the import machinery left out. */
  stack: readonly StackFrame[];
  /** The module that an ImportError is about. */
  name?: string;
  /** The file that an ImportError or a SyntaxError is about; relative to the root for the dashboard's own. */
  path?: string;
  /** The names that the module does have, of an ImportError about a name, nearest first, at most five. */
  nearest?: readonly string[];
  /** Line and text of a SyntaxError. */
  line?: number;
  text?: string;
}

export interface StackFrame {
  /** Relative to the root for the dashboard's own files, absolute otherwise. */
  file: string;
  line: number;
  function: string;
  /** One of the dashboard's own files. */
  own: boolean;
  text?: string;
}

/** One name that some import statement, or the config, asks for. */
export interface SymbolLookup {
  /** `core.architecture:MoEModel.get_last_saturation_metrics` */
  symbol: string;
  status: 'ok' | 'missing' | 'module-failed';
  /** The import statements that ask for it, and whether the entry script reaches their file; none: the config asks. */
  askedBy: readonly { file: string; line: number; reachable: boolean }[];
  /** The names the module (or class) does have, nearest first, at most five. */
  nearest: readonly string[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    imports: Imports;
  }
}

/** What the probe says about one job. */
interface ProbedJob extends Pick<ImportedModule, 'status' | 'durationMs' | 'exceptions' | 'stack' | 'output'> {
  exitCode?: number;
  signal?: string;
  symbols: readonly { name: string; status: SymbolLookup['status']; nearest: readonly string[] }[];
  attributes?: readonly { name: string; status: AttributeLookup['status'] }[];
}

interface ProbedImports extends Pick<Imports, 'python' | 'isolation' | 'preloaded'> {
  results: readonly ProbedJob[];
}

export const importsCollector = defineCollector({
  artifact: 'imports',
  tier: 'import',
  title: 'importing the modules',
  dependsOn: ['project', 'source', 'interpreter'],
  wants: ['attributes'],
  // A module that hangs is looked at twice and its importers once each; more than ten of them is not foreseen.
  deadlineS: (settings) => 120 + 20 * settings.imports.timeoutS,
  async collect({ settings, signal, artifacts: { project, source, interpreter, attributes } }) {
    const { root, symbols, modules, imports } = settings;
    const asked = attributes === undefined ? [] : attributes.missing.flatMap(askedOfClasses);
    const own = modules === undefined ? {} : { modules };
    const wanted = { root, symbols, attributes: asked, timeoutS: imports.timeoutS, ...own };
    const { request, wishes } = planImports(wanted, project, source.files);
    const probed = (await runProbe(interpreter.executable, 'import_modules', request, {
      cwd: request.world.workingFolder,
      env: fillInAll(settings.launch.env, { python: interpreter.executable, port: project.port.number }),
      signal,
    })) as ProbedImports;
    const lookups = new Map<string, ProbedJob['symbols'][number]>();
    const provided: AttributeLookup[] = [];
    const imported = request.jobs.flatMap((job, index): ImportedModule[] => {
      const result = probed.results[index];
      if (result === undefined) return [];
      const { symbols, attributes: said = [], ...told } = result;
      for (const { name, status } of said) provided.push({ file: job.path, ...splitAttribute(name), status });
      for (const symbol of symbols) lookups.set(`${job.module}:${symbol.name}`, symbol);
      return [
        {
          module: job.whole ? job.module : job.path,
          ...(job.path === '' ? {} : { path: job.path }),
          wholeModule: job.whole,
          reachable: job.reachable,
          ...told,
        },
      ];
    });
    return {
      python: probed.python,
      isolation: probed.isolation,
      preloaded: probed.preloaded,
      modules: imported,
      symbols: wishes.map(({ module, name, askedBy }) => {
        const { status = 'module-failed' as const, nearest = [] } = lookups.get(`${module}:${name}`) ?? {};
        return { symbol: `${module}:${name}`, status, askedBy, nearest };
      }),
      ...(asked.length === 0 ? {} : { attributes: provided }),
    };
  },
});

/** What only the imported classes can tell of a missing attribute. */
function askedOfClasses({ owners, name, outsideBases }: MissingAttribute): AskedAttribute[] {
  return outsideBases.length === 0 ? [] : owners.map((owner) => ({ file: owner.file, class: owner.name, name }));
}

/** `MoEModel.fit` */
function splitAttribute(dotted: string): { class: string; name: string } {
  const [owner = '', name = ''] = dotted.split('.');
  return { class: owner, name };
}
