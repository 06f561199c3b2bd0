import { findingOf, type SourceReport } from '../metrics/validate/problems.js';
import type { ValidationReport } from '../metrics/validate/validate-path.js';
import { padTo, type Screen } from './layout.js';
import { counted, findingLines, indented, margin, severest, styleFor, type Style } from './style.js';

const formats: Record<SourceReport['format'], string> = {
  'moe-metrics': 'a run of moe-check',
  jsonl: 'JSONL',
  csv: 'CSV',
  tensorboard: 'TensorBoard',
  mlflow: 'MLflow',
};

/** The report of `moe-check validate` for people. */
export function terminalValidation({ runs, verdict }: ValidationReport, screen: Screen): string {
  const style = styleFor(screen);
  const { paint } = style;
  const problems = runs.flatMap((run) => run.problems);
  const having = (severity: 'error' | 'warning' | 'info') =>
    problems.filter((each) => each.severity === severity).length;
  const found = counted([
    [having('error'), 'error', 'errors'],
    [having('warning'), 'warning', 'warnings'],
    [having('info'), 'note', 'notes'],
  ]);
  const word = verdict === 'valid' ? paint.green.bold('VALID') : paint.red.bold('INVALID');
  const total = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}${found && `, ${found}`}`;
  return `${[...runs.flatMap((run) => runLines(run, style)), '', `${word}  ${total}`].join('\n')}\n`;
}

function runLines(run: SourceReport, style: Style): readonly string[] {
  const findings = run.problems.map(findingOf);
  const worst = findings.filter(({ severity }) => severity !== 'info');
  const { symbol, colour } =
    worst.length === 0 ? { symbol: style.symbols.passed, colour: style.paint.green } : severest(worst, style);
  const { path, format, records, firstStep, lastStep, judgedBy, leftOut, unnamed } = run;
  const steps = firstStep === undefined ? '' : `, steps ${firstStep} to ${lastStep ?? '?'}`;
  const by = judgedBy === 'none' ? 'no schema (name one with --schema)' : judgedBy;
  const about = `${path}  ${formats[format]}, ${counted([[records, 'record', 'records']]) || 'no record'}${steps}; judged by ${by}`;
  const mark = `${colour(padTo(symbol, style.symbols.passed.length))} `;
  const [first = '', ...rest] = indented(about, ' '.repeat(style.symbols.passed.length + 1), style);
  return [
    mark + first.trimStart(),
    ...rest,
    ...findings.flatMap((finding) => findingLines(finding, style)),
    ...(run.found === undefined || run.found.metrics.length === 0
      ? []
      : indented(foundWords(run.found), margin, style, style.paint.blue)),
    ...(unnamed.length === 0
      ? []
      : indented(
          `${style.symbols.info} not named by the schema: ${unnamed.join(', ')}`,
          margin,
          style,
          style.paint.blue,
        )),
    ...(leftOut === 0 ? [] : indented(`and ${leftOut} more, not kept`, margin, style)),
  ];
}

function foundWords({ metrics, step }: NonNullable<SourceReport['found']>): string {
  return `found: ${metrics.join(', ')}${step === undefined ? '' : `; step: ${step}`}`;
}
