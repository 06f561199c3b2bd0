import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import path from 'node:path';
import { coverage } from '../checks/plots/coverage.js';
import { dispatch } from '../checks/plots/dispatch.js';
import { lookFlags, settingFlags } from '../cli/flags.js';
import { plotsReport } from '../cli/plots-report.js';
import { PreflightCommand } from '../cli/preflight-command.js';
import { resolveSettings } from '../config/resolve-settings.js';
import { valuesOf, type Looks } from '../engine/collect.js';
import { plotMatrixLines } from '../reporters/plot-matrix.js';
import { terminalReport } from '../reporters/terminal.js';

const { only: _only, skip: _skip, ...flagsOfLooks } = lookFlags;

export default class Plots extends PreflightCommand {
  static override summary = 'Show which plots the dashboard offers for which architecture, and whether each has data.';
  static override description = `Asks the dashboard's own plot-list function, once for every combination; --tier static asks nobody.
Exit codes: those of preflight.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    { description: 'What the sources alone tell', command: '<%= config.bin %> <%= command.id %> --tier static' },
    { description: 'For a machine', command: '<%= config.bin %> <%= command.id %> path/to/dashboard --json' },
  ];
  static override args = {
    path: Args.string({ description: "the dashboard's folder, or its entry script", default: '.' }),
  };
  static override flags = {
    ...flagsOfLooks,
    json: Flags.boolean({ summary: 'print the matrix and the report as one JSON document' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Plots);
    this.target = path.resolve(args.path);
    const settings = { ...(await resolveSettings(args.path, settingFlags(flags))), only: [], skip: [] };
    let seen: Looks = new Map();
    const report = await this.preflight(settings, {
      checks: [dispatch, coverage],
      onLooks: (looks) => {
        seen = looks;
      },
    });
    const { matrix, ...told } = this.masked(plotsReport(report, valuesOf(seen.values())), settings);
    process.exitCode = report.exitCode;
    const lines = matrix === undefined ? [] : plotMatrixLines(matrix, this.screen);
    if (flags.json) this.log(JSON.stringify({ ...told, ...(matrix && { matrix }) }, null, 2));
    else this.log(terminalReport(report, this.screen, lines).trimEnd());
  }
}
