import { CLIError, ExitError } from '@oclif/core/errors';
import { ConfigError } from '../config/config-error.js';
import { CannotLook, UsageError } from '../engine/errors.js';
import { bisectExitCode } from '../engine/exit-code.js';
import { errorReport, type ReportError } from '../engine/report.js';
import { MetricsError } from '../metrics/errors.js';
import { paintFor, printable, screenOf } from '../reporters/layout.js';
import { nearest } from '../util/nearest.js';
import { redactDeep, redactor } from '../util/redact.js';
import { errorDocument } from './error-document.js';
import { Interrupted } from './interrupt.js';
import { tool } from '../util/tool.js';

/** What is known of the run that failed. */
export interface FailedRun {
  /** The command line, without the name of the command where that is known. */
  argv: readonly string[];
  /** `golden update`; absent where there is no such command. */
  command?: string;
  /** What was to be looked at. */
  target: string;
  /** Flags or commands that there are, for the one that was probably meant. */
  known?: readonly string[];
}

/**
 * The one place where an error becomes words and an exit code: what the user got wrong is 2, an interrupt 130, and
 * everything else is a defect of ours, 3. With --json stdout still gets its one document.
 */
export function reportFailure(error: unknown, { argv, command, target, known = [] }: FailedRun): void {
  if (error instanceof ExitError) {
    process.exitCode = error.oclif.exit ?? 0;
    return;
  }
  const options = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const head = { tool: tool(), target, startedAt: new Date().toISOString(), durationMs: 0 };
  const plain = errorReport(head, describe(error, known));
  const exitCode = options.includes('--bisect') ? bisectExitCode(plain) : plain.exitCode;
  const report = redactDeep({ ...plain, exitCode }, redactor(process.env));
  process.exitCode = exitCode;
  const { error: told } = report;
  if (options.includes('--json')) {
    const document = told === undefined || command === 'preflight' ? report : errorDocument(report, told, command);
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  }
  if (told !== undefined) process.stderr.write(failureText(told));
  if (process.env['DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack ?? error.message}\n`);
}

function describe(error: unknown, known: readonly string[]): ReportError {
  if (error instanceof Interrupted) return { kind: 'interrupted', message: error.message };
  if (error instanceof ConfigError) {
    return { kind: 'usage', message: error.message, ...fixOf(error), file: error.file, ...error.position };
  }
  if (error instanceof UsageError || error instanceof MetricsError) {
    return { kind: 'usage', message: error.message, ...fixOf(error) };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CLIError) return { kind: 'usage', ...parserWords(message, known) };
  if (error instanceof CannotLook) return { kind: 'internal', message, ...fixOf(error) };
  return {
    kind: 'internal',
    message: `a defect of moe-check itself: ${message || 'an error without a message'}`,
    fix: 'Run it again with DEBUG=1 in the environment to see where it happened.',
  };
}

/** oclif's complaints about a command line, in one line and with the name that was probably meant. */
function parserWords(message: string, known: readonly string[]): { message: string; fix: string } {
  const complaint = message
    .replace('See more help with --help', '')
    .replace(/^Parsing (--\S+)/, '$1:')
    .replace(/^command (\S+) not found/, (_, id: string) => `there is no command "${id.replaceAll(':', ' ')}"`)
    .replace(/^The following errors? occurred:\s*/, '')
    .replace(/^Missing required flag (\S+)/, '--$1 is missing')
    .replace(/^Nonexistent flags?:/, 'there is no flag')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const wrong = /^there is no (?:flag (\S+)|command "([^"]+)")/.exec(complaint);
  const near = nearest(wrong?.[1] ?? wrong?.[2] ?? '', known);
  return { message: near === undefined ? complaint : `${complaint}; did you mean "${near}"?`, fix: 'See --help.' };
}

function fixOf(error: UsageError | MetricsError | CannotLook): { fix?: string } {
  return error.fix === undefined ? {} : { fix: error.fix };
}

function failureText({ message, fix, file, line, column }: ReportError): string {
  const paint = paintFor(screenOf(process.stderr, process.env));
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const advice = fix === undefined ? '' : `  ${paint.cyan('fix:')} ${printable(fix)}\n`;
  return `${paint.red('moe-check:')} ${printable(place && `${place}: `)}${printable(message)}\n${advice}`;
}
