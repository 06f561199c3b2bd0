import { Command } from '@oclif/core/command';
import { screenOf, type Screen } from '../reporters/layout.js';
import { reportFailure } from './failure.js';
import { interruptible } from './interrupt.js';

/** What every command shares: how errors and signals are handled. */
export abstract class BaseCommand extends Command {
  /** What is looked at, for the report of a run that failed before it could look. */
  protected target = process.cwd();

  /** oclif would print a stack trace and exit with 1. */
  protected override async catch(error: Error): Promise<void> {
    // What stopped the parser has been said; oclif would also warn that nothing was parsed.
    this.parsed = true;
    this.fail(error);
  }

  /** Does work that a signal stops; the second signal ends the process at once. */
  protected interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return interruptible(work, (error) => {
      this.fail(error);
      process.exit();
    });
  }

  protected get screen(): Screen {
    return screenOf(process.stdout, process.env);
  }

  private fail(error: Error): void {
    // Undefined for a command without flags, whatever its type says.
    const flags: object | undefined = this.ctor.flags;
    const known = Object.keys(flags ?? {}).map((name) => `--${name}`);
    const command = this.ctor.id.replaceAll(':', ' ');
    reportFailure(error, { argv: this.argv, command, target: this.target, known });
  }
}
