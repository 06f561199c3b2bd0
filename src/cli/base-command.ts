import { Command } from '@oclif/core';
import { checks } from '../checks/index.js';
import { collectors } from '../collectors/index.js';
import { runPreflight, type RunRequest } from '../engine/preflight.js';
import type { Report } from '../engine/report.js';
import type { Settings } from '../engine/types.js';
import { screenOf } from '../reporters/layout.js';
import { liveProgress } from '../reporters/progress.js';
import { terminalReport } from '../reporters/terminal.js';
import { redactor } from '../util/redact.js';
import { reportFailure } from './failure.js';
import { interruptible } from './interrupt.js';
import { tool } from './package.js';

/** What every command shares: how errors, signals and reports are handled. */
export abstract class BaseCommand extends Command {
  /** What is looked at, for the report of a run that failed before it could look. */
  protected target = process.cwd();

  /** oclif would print a stack trace and exit with 1. */
  protected override async catch(error: Error): Promise<void> {
    this.fail(error);
  }

  /** The preflight of a dashboard, with a live list of what is being looked at and secrets masked in its report. */
  protected async preflight(settings: Settings, more: Partial<RunRequest> = {}): Promise<Report> {
    const progress = liveProgress(process.stderr, process.env);
    try {
      const redact = redactor({ ...process.env, ...settings.launch.env });
      const { onProgress } = progress;
      return await this.interruptible((signal) =>
        runPreflight({ settings, checks, collectors, tool: tool(), redact, signal, onProgress, ...more }),
      );
    } finally {
      progress.end();
    }
  }

  /** Does work that a signal stops; the second signal ends the process at once. */
  protected interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return interruptible(work, (error) => {
      this.fail(error);
      process.exit();
    });
  }

  private fail(error: Error): void {
    const known = Object.keys(this.ctor.flags).map((name) => `--${name}`);
    reportFailure(error, { argv: this.argv, target: this.target, known });
  }

  protected print(report: Report, json: boolean): void {
    this.log((json ? JSON.stringify(report, null, 2) : terminalReport(report, this.screen)).trimEnd());
  }

  protected get screen() {
    return screenOf(process.stdout, process.env);
  }
}
