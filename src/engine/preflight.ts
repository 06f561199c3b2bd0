import type { ArtifactKey, Check, Collector, Settings } from './types.js';

export interface ProgressEvent {
  type: 'start' | 'end';
  artifact: ArtifactKey;
  title: string;
  /** With `end`. */
  state?: 'ok' | 'skipped' | 'failed';
  /** With `end`. */
  durationMs?: number;
}

export interface RunRequest {
  settings: Settings;
  checks: readonly Check[];
  collectors: readonly Collector[];
  tool: { name: string; version: string };
  signal: AbortSignal;
  onProgress?: (event: ProgressEvent) => void;
  /** Folder to save the artifacts in, so that they can be judged again. */
  saveTo?: string;
  /** Folder of saved artifacts to judge, instead of looking. */
  replayFrom?: string;
  /** Run prerequisites as gates and use the exit codes of `git bisect run`. */
  bisect?: boolean;
}
