import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../cli/base-command.js';
import { tool } from '../util/tool.js';
import { UsageError } from '../engine/errors.js';
import { compareWithGolden, compareWithRun, comparisonOf } from '../metrics/compare/compare-runs.js';
import { readGolden, usualGolden } from '../metrics/compare/golden.js';
import { openRun } from '../metrics/compare/open-run.js';
import { terminalComparison } from '../reporters/comparison.js';

export default class Compare extends BaseCommand {
  static override summary = 'Compare the metrics of a run with a golden, or with another run.';
  static override description = `In three lanes: every float32 bit; the spread over seeds; the invariants of each record.
Names the first metric and step that differ, by cause, and whether it grows.
Exit codes: 0 same, 1 different, 2 bad flags or no such run, 3 nothing could be compared, 130 interrupted.`;
  static override examples = [
    {
      description: 'With .moe-check/goldens/COMBINATION.json',
      command: '<%= config.bin %> <%= command.id %> runs/today',
    },
    '<%= config.bin %> <%= command.id %> runs/today runs/yesterday',
  ];
  static override args = {
    run: Args.string({ description: 'the run: a run folder, or a file of metrics', required: true }),
    other: Args.string({ description: 'the run that it is expected to be like' }),
  };
  static override flags = {
    golden: Flags.string({
      summary: 'the golden  [default: .moe-check/goldens/COMBINATION.json]',
      helpValue: 'FILE',
    }),
    json: Flags.boolean({ summary: 'print the comparison as one JSON document' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Compare);
    this.target = args.run;
    if (args.other !== undefined && flags.golden !== undefined) {
      throw new UsageError('a run is compared with another run or with a golden, not with both', 'Leave out one.');
    }
    const comparison = await this.interruptible(async (signal) => {
      const run = await openRun(args.run);
      const expected = args.other ?? flags.golden ?? usualGolden(run.facts);
      const lanes =
        args.other === undefined
          ? await compareWithGolden(run, await readGolden(expected), signal)
          : await compareWithRun(run, await openRun(expected), signal);
      return comparisonOf({ tool: tool(), run: args.run, expected }, lanes);
    });
    process.exitCode = comparison.exitCode;
    this.log(flags.json ? JSON.stringify(comparison, null, 2) : terminalComparison(comparison, this.screen).trimEnd());
  }
}
