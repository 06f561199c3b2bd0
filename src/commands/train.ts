import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../cli/base-command.js';
import { terminalTraining } from '../reporters/training.js';
import { trainingProgress } from '../reporters/training-progress.js';

/** What a config takes for a whole number. */
const count = { helpValue: 'N', max: 2 ** 31 - 1 };

export default class Train extends BaseCommand {
  static override summary = 'Train reference MoE models, from a config to a run folder.';
  static override description = `Same config, same backend: the same metrics to the last bit, but for the times.
Ctrl-C keeps a checkpoint; --resume goes on from it, or from wherever the run was killed.
Exit codes: 0 trained, 1 failed, or --check found something, 2 bad flags or config, 130 interrupted.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> --config ghost-geometric.yaml --check',
    {
      description: 'The reference configs of every combination',
      command: '<%= config.bin %> <%= command.id %> --all --check',
    },
    '<%= config.bin %> <%= command.id %> --config mine.yaml --set lr=0.003 --out runs/lower-rate',
  ];
  static override flags = {
    config: Flags.string({ summary: 'the training config', helpValue: 'FILE' }),
    all: Flags.boolean({
      summary: 'train every combination: of the config, or the reference configs where none is named',
    }),
    steps: Flags.integer({ ...count, summary: 'max_steps: how many steps, and how long the schedules', min: 1 }),
    seed: Flags.integer({ ...count, summary: 'the seed of parameters and data', min: 0 }),
    backend: Flags.option({ options: ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'] as const })({
      summary: 'the backend of TensorFlow.js  [default: the fastest there is]',
    }),
    out: Flags.string({
      summary: 'the run folder; with --all the folder of the run folders  [default: runs/COMBINATION]',
      helpValue: 'DIR',
    }),
    resume: Flags.boolean({ summary: 'go on with what is in the run folder' }),
    set: Flags.string({
      summary: 'another value for a key of the config',
      helpValue: 'KEY=VALUE',
      multiple: true,
      multipleNonGreedy: true,
    }),
    check: Flags.boolean({ summary: 'judge each run: its metrics, its target, its golden where there is one' }),
    json: Flags.boolean({ summary: 'print the report as one JSON document' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Train);
    const progress = trainingProgress(process.stderr, process.env);
    // TensorFlow.js is loaded only here, where something is trained.
    const { trainRuns } = await import('../cli/train-runs.js');
    const report = await this.interruptible((signal) => trainRuns(flags, { signal, onStep: progress.onStep })).finally(
      progress.end,
    );
    process.exitCode = report.exitCode;
    this.log(flags.json ? JSON.stringify(report, null, 2) : terminalTraining(report, this.screen).trimEnd());
  }
}
