import { defineCollector } from '../engine/define.js';
import { CannotLook, Skip } from '../engine/errors.js';
import type { ListAnswer, PlotListAnswer } from '../plots/types.js';
import { planImports } from '../python/import-request.js';
import { runProbe } from '../python/probe.js';
import type { PythonException, StackFrame } from './imports.js';
import { fillInAll } from './launch/streamlit-start.js';

/** What the dashboard's own function says which plots there are, asked by the dashboard's own interpreter. */
export interface PlotLists {
  /** `components.live_graph:get_available_plot_types` */
  function: string;
  /** One a combination of the artifact `plots`, in its order. */
  answers: readonly PlotListAnswer[];
  /** What was printed meanwhile, the first lines. */
  output: readonly string[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    'plot-lists': PlotLists;
  }
}

/** What the probe says about one combination. */
export type ToldAnswer =
  | { status: 'ok'; plots: readonly string[]; durationMs: number }
  | { status: 'rejected' | 'raised' | 'not-found'; exceptions: readonly PythonException[] }
  | { status: 'no-list'; what: string }
  | { status: 'timeout'; stack: readonly StackFrame[] }
  | { status: 'ended'; how: string; stack: readonly StackFrame[] }
  | { status: 'not-asked' };

/** What the probe prints. */
export interface ToldPlotLists {
  answers: readonly ToldAnswer[];
  output: readonly string[];
}

export const plotListsCollector = defineCollector({
  artifact: 'plot-lists',
  tier: 'import',
  title: 'asking for the plots',
  dependsOn: ['plots', 'project', 'source', 'interpreter'],
  // Three interpreters at most, each of which may hang once; every other answer takes no time.
  deadlineS: ({ imports }) => 60 + 6 * imports.timeoutS,
  async collect({ settings, signal, artifacts: { plots, project, source, interpreter } }) {
    const { list } = plots.sources;
    if (list === undefined) throw new Skip(plots.sources.whyNoList ?? 'no plot-list function was found');
    const { list: name, config, factors, combinations } = settings.plots;
    const isNamed = name !== undefined || config !== undefined;
    const isTold = factors !== undefined || combinations !== undefined;
    const giveUp = (why: string) => (isNamed ? new CannotLook(why, fix) : new Skip(why));
    if (list.whyNotAsked !== undefined && !isTold) throw giveUp(`${list.function} was not asked: ${list.whyNotAsked}`);
    const { root, imports, launch } = settings;
    const { request } = planImports(
      { root, symbols: [], attributes: [], timeoutS: imports.timeoutS, modules: [] },
      project,
      source.files,
    );
    const question = {
      world: request.world,
      entry: project.entry?.path ?? null,
      list: list.function,
      config: list.config ?? null,
      combinations: plots.combinations.map(({ overrides }) => overrides),
    };
    const told = (await runProbe(interpreter.executable, 'ask_plot_types', question, {
      cwd: request.world.workingFolder,
      env: fillInAll(launch.env, { python: interpreter.executable, port: project.port.number }),
      signal,
    })) as ToldPlotLists;
    const answers = plots.combinations.map(({ name }, index): PlotListAnswer => ({
      combination: name,
      ...answerOf(told.answers[index] ?? { status: 'not-asked' }, imports.timeoutS),
    }));
    // Where not one combination could be asked, it is more likely us who ask in a way that it does not understand.
    const [first] = answers;
    if (first !== undefined && first.status !== 'ok' && answers.every(({ status }) => status !== 'ok')) {
      throw giveUp(`${list.function} could not be asked: ${first.why}`);
    }
    return { function: list.function, answers, output: told.output };
  },
});

const fix = 'See docs/config.md for plots.list, plots.config, plots.factors and plots.overrides.';

function answerOf(told: ToldAnswer, timeoutS: number): ListAnswer {
  switch (told.status) {
    case 'ok':
      return told;
    case 'rejected':
      return { status: 'rejected', why: wordsFor(told.exceptions) };
    case 'raised':
    case 'not-found':
      return { status: 'failed', why: wordsFor(told.exceptions), ...placeIn(told.exceptions[0]?.stack) };
    case 'no-list':
      return { status: 'failed', why: `it gives a ${told.what}, which is no list of texts` };
    case 'timeout':
      return { status: 'failed', why: `it did not answer within ${timeoutS} s`, ...placeIn(told.stack) };
    case 'ended':
      return { status: 'failed', why: `the interpreter ${told.how}`, ...placeIn(told.stack) };
    case 'not-asked':
      return {
        status: 'failed',
        why: 'it was not asked, since the interpreter ended too often',
      };
    default:
      return told satisfies never;
  }
}

function wordsFor([exception]: readonly PythonException[]): string {
  return exception === undefined ? 'it raised' : `${exception.type}: ${exception.message}`;
}

/** The innermost line of the dashboard's own. */
function placeIn(stack: readonly StackFrame[] = []) {
  const frame = stack.findLast(({ own }) => own);
  if (frame === undefined) return {};
  return { place: { path: frame.file, line: frame.line, column: 1, text: frame.text ?? '' } };
}
