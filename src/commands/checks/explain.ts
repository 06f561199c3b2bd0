import * as Args from '@oclif/core/args';
import { readFile } from 'node:fs/promises';
import { checks } from '../../checks/index.js';
import { BaseCommand } from '../../cli/base-command.js';
import { UsageError } from '../../engine/errors.js';
import { docsPage } from '../../reporters/docs-page.js';
import { nearestCheck } from '../../engine/select.js';
import { packageFile } from '../../util/package-root.js';

export default class ChecksExplain extends BaseCommand {
  static override summary = 'Explain a check: what it looks at, why, its codes, how to fix and how to silence it.';
  static override examples = ['<%= config.bin %> <%= command.id %> incident/import'];
  static override args = {
    id: Args.string({ description: 'the id of the check', required: true }),
  };

  async run(): Promise<void> {
    const { args } = await this.parse(ChecksExplain);
    const ids = checks.map((check) => check.id);
    if (!ids.some((id) => id === args.id)) {
      const near = nearestCheck(args.id, ids);
      const hint = near === undefined ? '' : `; did you mean "${near}"?`;
      throw new UsageError(`there is no check called "${args.id}"${hint}`, 'moe-check checks list');
    }
    const page = await readFile(packageFile(`docs/checks/${args.id.replace('/', '-')}.md`), 'utf8');
    this.log(docsPage(page, this.screen));
  }
}
