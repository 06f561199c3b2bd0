import { UsageError } from '../engine/errors.js';

/** Where in a config file, 1-based. */
export interface Position {
  line: number;
  column: number;
}

/** A config that cannot be read or does not follow its schema, with the place as far as it is known. Exit code 2. */
export class ConfigError extends UsageError {
  readonly file: string;
  readonly position: Position | undefined;
  constructor(file: string, message: string, position?: Position, fix?: string) {
    super(message, fix);
    this.file = file;
    this.position = position;
  }
}
