import type { TrainedRun, TrainingReport } from '../reference/training/report.js';
import { padTo, type Screen, seconds } from './layout.js';
import { counted, indented, labelled, margin, styleFor, type Style } from './style.js';

/** The report of `moe-check train` for people: a line a run, what is wrong with it, the verdict last. */
export function terminalTraining({ backend, runs, verdict, tool }: TrainingReport, screen: Screen): string {
  const style = styleFor(screen);
  const { paint } = style;
  const words = {
    trained: paint.green.bold('TRAINED'),
    failed: paint.red.bold('FAILED'),
    interrupted: paint.yellow.bold('INTERRUPTED'),
  };
  const problems = runs.reduce((sum, run) => sum + (run.problems ?? []).length, 0);
  const without = (what: 'target' | 'golden') =>
    runs.filter(({ judgedBy }) => judgedBy !== undefined && !judgedBy.includes(what)).length;
  const found = counted([
    [problems, 'problem', 'problems'],
    [without('target'), 'without a target', 'without a target'],
    [without('golden'), 'without a golden', 'without a golden'],
  ]);
  const total = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}${found && `, ${found}`}`;
  const hint = verdict === 'interrupted' ? '; the same command with --resume goes on' : '';
  return `${[
    ...indented(`${tool.name} ${tool.version}  backend ${backend.name} ${backend.version}`, '', style, paint.bold),
    '',
    ...runs.flatMap((run) => runLines(run, style)),
    '',
    `${words[verdict]}  ${total}${hint}`,
  ].join('\n')}\n`;
}

function runLines(run: TrainedRun, style: Style): readonly string[] {
  const { paint, symbols } = style;
  const { folder, combination, outcome, steps, of, wallTimeS, resumedFrom, notes, problems = [] } = run;
  const bad = outcome === 'failed' || problems.length > 0;
  const [symbol, colour] = bad
    ? [symbols.error, paint.red]
    : outcome === 'finished'
      ? [symbols.passed, paint.green]
      : [symbols['not-run'], paint.yellow];
  const done =
    outcome === 'finished' ? `${steps} ${steps === 1 ? 'step' : 'steps'}` : `${outcome} after ${steps} of ${of} steps`;
  const from = resumedFrom === undefined ? '' : `, resumed from step ${resumedFrom}`;
  const text = `${combination}  ${done}${from}, ${lossWords(run)}${seconds(wallTimeS * 1000)}; ${folder}`;
  const hang = ' '.repeat(symbols.passed.length + 1);
  const [first = '', ...rest] = indented(text, hang, style);
  return [
    `${colour(padTo(symbol, symbols.passed.length))} ${first.trimStart()}`,
    ...rest,
    ...(run.reason === undefined || problems.length > 0 ? [] : indented(run.reason, margin, style, paint.red)),
    ...notes.flatMap((note) => indented(`${symbols.info} ${note}`, margin, style, paint.blue)),
    ...problems.flatMap(({ code, message, fix }) => [
      ...indented(`${symbols.error} ${code}`, margin, style, paint.red),
      ...indented(message, `${margin}  `, style),
      ...labelled('fix', fix, style),
    ]),
  ];
}

/** Before an evaluation there is only the loss of the last step. */
function lossWords({ loss, evalLoss, perplexity, floor }: TrainedRun): string {
  if (evalLoss === undefined) return loss === undefined ? '' : `loss ${loss.toFixed(3)}, `;
  const above = floor === undefined ? '' : ` (${(evalLoss - floor).toFixed(3)} above the least that is possible)`;
  return `eval loss ${evalLoss.toFixed(3)}${above}, perplexity ${(perplexity ?? Math.exp(evalLoss)).toFixed(2)}, `;
}
