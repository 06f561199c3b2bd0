import { readFileSync } from 'node:fs';
import { packageFile } from './package-root.js';

/** Name and version that stand in every report. */
export function tool(): { name: string; version: string } {
  const { name, version }: { name: string; version: string } = JSON.parse(
    readFileSync(packageFile('package.json'), 'utf8'),
  );
  return { name, version };
}
