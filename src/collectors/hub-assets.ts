/** Every Hub asset that the code's literals ask for. */
export interface HubAssets {
  assets: readonly HubAsset[];
  /** Calls whose repository is not a literal: counted, not guessed. */
  unknownCalls: number;
}

export interface HubAsset {
  kind: 'model' | 'dataset' | 'space';
  /** `gpt2`, `meta-llama/Llama-2-7b` */
  repo: string;
  revision: string;
  /** The files asked for by name; empty: whatever the loader needs (`config.json` at the least). */
  files: readonly string[];
  /** Every call asks with `local_files_only=True`. */
  localOnly: boolean;
  askedBy: readonly { file: string; line: number; callee: string }[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    'hub-assets': HubAssets;
  }
}
