import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'smol-toml';

/** The config.toml in the user's home, which Streamlit reads for every dashboard. */
export interface UserConfig {
  /** Absolute. */
  file: string;
  /** The options it sets, by their full name, values as text: `{ "server.port": "9000" }`. */
  options: Readonly<Record<string, string>>;
  /** Options that something nearer sets as well: the project's own config.toml, or a variable. */
  setNearer: readonly string[];
}

/**
 * What the user's config.toml sets, undefined when there is none. One that is no TOML sets nothing: Streamlit logs
 * that and goes on.
 * @param folders where the project's own config.toml may be, absolute: where the dashboard is started, and its script's
 */
export async function readUserConfig(
  home: string,
  folders: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<UserConfig | undefined> {
  const file = path.join(home, '.streamlit/config.toml');
  const options = await optionsIn(file);
  if (Object.keys(options).length === 0) return undefined;
  const nearer = folders.map((folder) => path.join(folder, '.streamlit/config.toml')).filter((each) => each !== file);
  const inProject = (await Promise.all(nearer.map(optionsIn))).flatMap((each) => Object.keys(each));
  const inVariables = Object.keys(options).filter((name) => env[variableOf(name)] !== undefined);
  return { file, options, setNearer: [...new Set([...inProject, ...inVariables])].sort() };
}

async function optionsIn(file: string): Promise<Readonly<Record<string, string>>> {
  try {
    return Object.fromEntries(flat(parse(await readFile(file, 'utf8')), ''));
  } catch {
    return {};
  }
}

function flat(table: object, prefix: string): readonly (readonly [string, string])[] {
  return Object.entries(table).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
      ? flat(value, `${prefix}${key}.`)
      : [[`${prefix}${key}`, Array.isArray(value) ? value.join(', ') : String(value)] as const],
  );
}

/** `server.maxUploadSize` is STREAMLIT_SERVER_MAX_UPLOAD_SIZE. */
function variableOf(option: string): string {
  return `STREAMLIT_${option
    .replaceAll('.', '_')
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .toUpperCase()}`;
}
