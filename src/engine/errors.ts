import type { SerializedError } from './types.js';

/** We could not look, and the person at the keyboard can do something about it. Becomes *blocked*, never a stack trace. */
export class CannotLook extends Error {
  override readonly name = 'CannotLook';
  readonly fix: string | undefined;
  constructor(message: string, fix?: string, options?: ErrorOptions) {
    super(message, options);
    this.fix = fix;
  }
}

/** A collector has a reason not to look at all: an earlier stage said no. Becomes *skipped*. */
export class Skip extends Error {
  override readonly name = 'Skip';
}

/** The user asked for something that cannot be: bad flag, bad config, no such repository. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly fix: string | undefined;
  constructor(message: string, fix?: string) {
    super(message);
    this.fix = fix;
  }
}

export function serializeError(error: unknown): SerializedError {
  if (error instanceof CannotLook || error instanceof UsageError) {
    return { name: error.name, message: error.message, ...(error.fix === undefined ? {} : { fix: error.fix }) };
  }
  if (error instanceof Error) {
    return { name: error.name, message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) };
  }
  return { name: 'Error', message: String(error) };
}
