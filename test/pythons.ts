import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** The interpreter of the virtual environment that the tests share. */
const shared = path.join(import.meta.dirname, '../.venv/bin/python');

/** The oldest, the usual and the newest Python that the probe has to run on; `executable` is missing where it is not installed. */
export const pythons: readonly { version: string; executable?: string }[] = [
  { version: '3.11', executable: shared },
  ...['3.8', '3.13'].map((version) => {
    const executable = installed(version);
    return { version, ...(executable === undefined ? {} : { executable }) };
  }),
];

/** Looks on PATH, then among pyenv's versions. */
function installed(version: string): string | undefined {
  const onPath = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, `python${version}`));
  const pyenv = path.join(process.env['PYENV_ROOT'] ?? path.join(homedir(), '.pyenv'), 'versions');
  const versions = existsSync(pyenv) ? readdirSync(pyenv).filter((name) => name.startsWith(`${version}.`)) : [];
  const found = [...versions.map((name) => path.join(pyenv, name, 'bin/python')), ...onPath];
  // A pyenv shim stands on PATH also for versions that are not chosen, so the versions themselves come first.
  return found.find((executable) => existsSync(executable) && !executable.includes(`${path.sep}shims${path.sep}`));
}
