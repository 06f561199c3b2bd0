import { checks } from '../checks/index.js';
import { collectors } from '../collectors/index.js';
import { runPreflight, type RunRequest } from '../engine/preflight.js';
import type { Report } from '../engine/report.js';
import type { Settings } from '../engine/types.js';
import { liveProgress } from '../reporters/progress.js';
import { redactDeep, redactor } from '../util/redact.js';
import { BaseCommand } from './base-command.js';
import { tool } from '../util/tool.js';

/** A command that runs a preflight. */
export abstract class PreflightCommand extends BaseCommand {
  /** The report on a dashboard, with a live list of what is being looked at while it is, and secrets masked. */
  protected async preflight(settings: Settings, more: Partial<RunRequest> = {}): Promise<Report> {
    const progress = liveProgress(process.stderr, process.env);
    const redact = redactorOf(settings);
    const request = { settings, checks, collectors, tool: tool(), redact, onProgress: progress.onProgress, ...more };
    try {
      return await this.interruptible((signal) => runPreflight({ ...request, signal }));
    } finally {
      progress.end();
    }
  }

  /** Data of a run that are not part of its report, with secrets masked as they are in there. */
  protected masked<T>(data: T, settings: Settings): T {
    return redactDeep(data, redactorOf(settings));
  }
}

function redactorOf({ launch }: Settings) {
  return redactor({ ...process.env, ...launch.env });
}
