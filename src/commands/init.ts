import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BaseCommand } from '../cli/base-command.js';
import { inspect } from '../cli/inspect.js';
import { draftConfig } from '../config/draft-config.js';
import { configsIn } from '../config/find-config.js';
import { resolveSettings } from '../config/resolve-settings.js';
import { UsageError } from '../engine/errors.js';

export default class Init extends BaseCommand {
  static override summary = 'Look at a dashboard and write a moe-check.config.yaml for it, with comments.';
  static override description = `Starts no Python, and never overwrites a config.
Exit codes: 0 written, 2 there is a config already or no such path.`;
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --print'];
  static override args = {
    path: Args.string({ description: "the dashboard's folder, or its entry script", default: '.' }),
  };
  static override flags = {
    print: Flags.boolean({ summary: 'print the config instead of writing it' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Init);
    this.target = path.resolve(args.path);
    const settings = await resolveSettings(args.path);
    const file = path.join(settings.root, 'moe-check.config.yaml');
    const [there] = flags.print ? [] : await configsIn(settings.root);
    if (there !== undefined) {
      throw new UsageError(`there is a config already: ${there}`, 'See what would be written with --print.');
    }
    const { project, plots } = await this.interruptible((signal) => inspect(['project', 'plots'], settings, signal));
    const draft = draftConfig(project, plots.sources);
    if (flags.print) {
      this.log(draft.trimEnd());
      return;
    }
    await writeFile(file, draft, { flag: 'wx' }).catch((error: Error) => {
      throw new UsageError(`${file} could not be written: ${error.message}`);
    });
    this.log(`${file} is written. Next: moe-check preflight ${args.path}`);
  }
}
