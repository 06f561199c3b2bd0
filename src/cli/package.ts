import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Root of the installed package; the same from src/ and from dist/. */
export const packageRoot = fileURLToPath(new URL('../../', import.meta.url));

/** Name and version that stand in every report. */
export function tool(): { name: string; version: string } {
  const { name, version }: { name: string; version: string } = JSON.parse(
    readFileSync(`${packageRoot}package.json`, 'utf8'),
  );
  return { name, version };
}
