import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import path from 'node:path';
import { lookFlags, settingFlags } from '../cli/flags.js';
import { recordEnvironment } from '../cli/record-environment.js';
import { PreflightCommand } from '../cli/preflight-command.js';
import { resolveSettings } from '../config/resolve-settings.js';
import { exitCodes } from '../engine/exit-code.js';
import { terminalReport } from '../reporters/terminal.js';

export default class Preflight extends PreflightCommand {
  static override summary = 'Tell, before the launch, whether a dashboard will come up: go or no-go.';
  static override description = `Exit codes: 0 go, 1 no-go, 2 bad flags, config or path, 3 cannot tell, 130 interrupted.
With --bisect those of git bisect run: 0 good, 1 bad, 125 cannot be judged, 128 and above stop.`;
  static override examples = [
    { description: 'Check the dashboard in this folder', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'A quick look that needs no Python', command: '<%= config.bin %> <%= command.id %> --tier static' },
    {
      description: 'Find the commit that broke an import',
      command: 'git bisect run <%= config.bin %> <%= command.id %> --bisect --only incident/import',
    },
    { description: 'For a machine', command: '<%= config.bin %> <%= command.id %> path/to/dashboard --json' },
  ];
  static override args = {
    path: Args.string({ description: "the dashboard's folder, or its entry script", default: '.' }),
  };
  static override flags = {
    ...lookFlags,
    json: Flags.boolean({ summary: 'print the report as one JSON document' }),
    'save-artifacts': Flags.string({ summary: 'keep what was seen, to judge it again later', helpValue: 'DIR' }),
    'from-artifacts': Flags.string({
      summary: 'judge what was kept instead of looking',
      helpValue: 'DIR',
      exclusive: ['save-artifacts'],
    }),
    train: Flags.boolean({ summary: 'also train the reference models, which takes half a minute or more' }),
    bisect: Flags.boolean({ summary: 'use the exit codes of git bisect run' }),
    record: Flags.boolean({
      summary: "after a green run, record the environment in the dashboard's .moe-check/environment.json",
      exclusive: ['only', 'from-artifacts', 'bisect'],
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Preflight);
    this.target = path.resolve(args.path);
    const settings = await resolveSettings(args.path, { ...settingFlags(flags), train: flags.train });
    const report = await this.preflight(settings, {
      bisect: flags.bisect,
      ...(flags['save-artifacts'] && { saveTo: path.resolve(flags['save-artifacts']) }),
      ...(flags['from-artifacts'] && { replayFrom: path.resolve(flags['from-artifacts']) }),
      ...(flags.record && { whenGreen: (seen) => recordEnvironment(settings.root, seen.distributions) }),
    });
    process.exitCode = report.exitCode;
    if (flags.record && report.exitCode !== exitCodes.ok) process.stderr.write('Not recorded: the run is not green.\n');
    this.log(flags.json ? JSON.stringify(report, null, 2) : terminalReport(report, this.screen).trimEnd());
  }
}
