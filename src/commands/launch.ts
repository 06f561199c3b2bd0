import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import path from 'node:path';
import { lookFlags, settingFlags } from '../cli/flags.js';
import { inspect } from '../cli/inspect.js';
import { runInForeground, startCommand } from '../cli/start-dashboard.js';
import { PreflightCommand } from '../cli/preflight-command.js';
import { resolveSettings } from '../config/resolve-settings.js';
import { exitCodes } from '../engine/exit-code.js';
import { screenOf } from '../reporters/layout.js';
import { terminalReport } from '../reporters/terminal.js';

export default class Launch extends PreflightCommand {
  static override summary = 'Preflight, and on go start the dashboard in the foreground.';
  static override description = `What stands after -- goes to the dashboard; for Streamlit, to streamlit run.
Exit codes: those of preflight when the answer is not go, else those of the dashboard.`;
  static override usage = '<%= command.id %> [PATH] [FLAGS] [-- ARGUMENTS…]';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    {
      description: 'Hand something on to the dashboard',
      command: '<%= config.bin %> <%= command.id %> . -- --server.headless true',
    },
  ];
  static override args = {
    path: Args.string({ description: "the dashboard's folder, or its entry script", default: '.' }),
  };
  static override flags = {
    ...lookFlags,
    force: Flags.boolean({ summary: 'start the dashboard whatever the preflight says' }),
  };

  async run(): Promise<void> {
    const cut = this.argv.includes('--') ? this.argv.indexOf('--') : this.argv.length;
    const extra = this.argv.slice(cut + 1);
    const { args, flags } = await this.parse(Launch, this.argv.slice(0, cut));
    this.target = path.resolve(args.path);
    const resolved = await resolveSettings(args.path, settingFlags(flags));
    const { launch } = resolved;
    const settings = { ...resolved, launch: { ...launch, args: [...launch.args, ...extra] } };
    const report = await this.preflight(settings);
    this.tell(terminalReport(report, screenOf(process.stderr, process.env)));
    if (report.exitCode !== exitCodes.ok) {
      process.exitCode = report.exitCode;
      this.tell(`NOT GO: ${flags.force ? 'starting the dashboard all the same, as --force says' : 'not started'}.\n`);
      if (!flags.force) return;
    }
    const found = await this.interruptible((signal) => inspect(['project', 'interpreter'], settings, signal));
    process.exitCode = await runInForeground(startCommand(settings, found));
  }

  /** On stderr, for stdout is the dashboard's. */
  private tell(text: string): void {
    process.stderr.write(text);
  }
}
