import * as Flags from '@oclif/core/flags';
import { checks } from '../../checks/index.js';
import { BaseCommand } from '../../cli/base-command.js';
import { checkTable } from '../../reporters/check-table.js';

export default class ChecksList extends BaseCommand {
  static override summary = 'List every check: id, severity and what it is about.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];
  static override flags = {
    json: Flags.boolean({ summary: 'print the list as one JSON document' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(ChecksList);
    const rows = checks.map(({ id, title, why, severity, codes }) => ({ id, title, why, severity, codes }));
    this.log(flags.json ? JSON.stringify(rows, null, 2) : checkTable(rows, this.screen));
  }
}
