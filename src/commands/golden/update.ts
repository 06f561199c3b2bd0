import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { tool } from '../../util/tool.js';
import { updateGolden } from '../../metrics/compare/update-golden.js';
import { terminalGoldenUpdate } from '../../reporters/golden-update.js';

export default class GoldenUpdate extends BaseCommand {
  static override summary = 'Take a run for what is right from now on, and say what moved.';
  static override description = `A run that is not valid, or holds NaN, is refused.
Exit codes: 0 done, or nothing moved, 2 refused, bad flags or no such run, 130 interrupted.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> runs/today --reason "warm-up of 100 steps"',
    {
      description: 'With the spread over the seeds of at least 20 runs',
      command: '<%= config.bin %> <%= command.id %> runs/seed-1 --seeds runs --reason "first golden"',
    },
  ];
  static override args = {
    run: Args.string({ description: 'the run: a run folder, or a file of metrics', required: true }),
  };
  static override flags = {
    reason: Flags.string({
      summary: 'why it is right that values move; kept in the golden',
      helpValue: 'TEXT',
      required: true,
    }),
    golden: Flags.string({
      summary: 'the golden  [default: .moe-check/goldens/COMBINATION.json]',
      helpValue: 'FILE',
    }),
    seeds: Flags.string({ summary: 'a folder of at least 20 runs of other seeds, for the envelope', helpValue: 'DIR' }),
    json: Flags.boolean({ summary: 'print what moved as one JSON document' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(GoldenUpdate);
    this.target = args.run;
    const { json, ...given } = flags;
    const request = { ...given, run: args.run, tool: tool(), now: new Date() };
    const update = await this.interruptible((signal) => updateGolden(request, signal));
    this.log(json ? JSON.stringify(update, null, 2) : terminalGoldenUpdate(update, this.screen).trimEnd());
  }
}
