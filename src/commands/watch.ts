import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import path from 'node:path';
import { checks } from '../checks/index.js';
import { lookFlags, settingFlags } from '../cli/flags.js';
import { BaseCommand } from '../cli/base-command.js';
import { tool } from '../util/tool.js';
import { quitKey } from '../cli/quit-key.js';
import { watchDashboard } from '../cli/watch-dashboard.js';
import { collectors } from '../collectors/index.js';
import { resolveSettings } from '../config/resolve-settings.js';
import { runPreflight } from '../engine/preflight.js';
import { tiers, type Settings } from '../engine/types.js';
import { watchReport } from '../reporters/watch.js';
import { redactor } from '../util/redact.js';

const clearScreen = '\u001B[2J\u001B[3J\u001B[H';

export default class Watch extends BaseCommand {
  static override summary = 'Judge again on every save, and show what changed since the last verdict.';
  static override description = `Looks only at what the change can affect.
Exit codes: 0 quit with q, 2 bad flags, config or path, 130 interrupted.`;
  static override examples = ['<%= config.bin %> <%= command.id %> --tier import'];
  static override args = {
    path: Args.string({ description: "the dashboard's folder, or its entry script", default: '.' }),
  };
  static override flags = {
    ...lookFlags,
    tier: Flags.option({ options: tiers, default: 'static' })({ summary: 'how deep to look on every save' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Watch);
    this.target = path.resolve(args.path);
    const given = settingFlags(flags);
    const redactorOf = ({ launch }: Settings) => redactor({ ...process.env, ...launch.env });
    const isTerminal = process.stdout.isTTY;
    const say = (text: string) => this.log(isTerminal ? `${clearScreen}${text}\n` : `${text}\n`);
    await this.interruptible(async (signal) => {
      const quit = quitKey(process.stdin);
      const watching = watchDashboard(
        {
          settings: () => resolveSettings(args.path, given),
          judge: (settings, more) =>
            runPreflight({ settings, checks, collectors, tool: tool(), redact: redactorOf(settings), ...more }),
          show: (report, before) => {
            const height = isTerminal ? { height: process.stdout.rows } : {};
            say(watchReport(report, before, { ...this.screen, ...height }, new Date().toLocaleTimeString()));
          },
          complain: (error) => say([error.message, error.fix].filter(Boolean).join('\n')),
        },
        AbortSignal.any([signal, quit.signal]),
      );
      await watching.finally(quit.release);
      signal.throwIfAborted();
    });
  }
}
