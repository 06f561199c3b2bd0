import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../cli/base-command.js';
import { tool } from '../util/tool.js';
import { validatePath, validationReport } from '../metrics/validate/validate-path.js';
import { terminalValidation } from '../reporters/validation.js';

export default class Validate extends BaseCommand {
  static override summary = 'Judge metrics: a run folder, JSONL, CSV, TensorBoard event files or an MLflow file store.';
  static override description = `Finds out which it is, and judges every run below a folder.
Exit codes: 0 valid, 1 invalid, 2 bad flags, or no metrics at the path, 130 interrupted.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> runs/ghost-geometric',
    {
      description: 'By a schema of your own',
      command: '<%= config.bin %> <%= command.id %> lightning_logs --schema metrics.schema.json',
    },
  ];
  static override args = {
    path: Args.string({ description: 'a run folder, a file of metrics, or a folder that holds some', required: true }),
  };
  static override flags = {
    schema: Flags.string({ summary: 'the JSON Schema that a record has to follow', helpValue: 'FILE' }),
    json: Flags.boolean({ summary: 'print the report as one JSON document' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Validate);
    this.target = args.path;
    const runs = await this.interruptible((signal) => validatePath(args.path, flags.schema, signal));
    const report = validationReport(tool(), args.path, runs);
    process.exitCode = report.exitCode;
    this.log(flags.json ? JSON.stringify(report, null, 2) : terminalValidation(report, this.screen).trimEnd());
  }
}
