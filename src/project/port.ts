import { parse } from 'smol-toml';
import type { Hint, RunCommand } from './entry.js';

export interface Port {
  number: number;
  /** Set explicitly, so that Streamlit does not move on to the next free one. */
  pinned: boolean;
  how: string;
}

/** Streamlit's own default, from which it moves on when the port is taken. */
const streamlitDefault = 8501;

/** The port of a launch in earnest; what Streamlit lets win comes first: command line, environment, config file. */
export function findPort(
  wanted: number | undefined,
  command: RunCommand | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  configs: readonly Hint[],
): Port {
  if (wanted !== undefined) return { number: wanted, pinned: true, how: 'launch.port in the config' };
  if (command?.port !== undefined) return { number: command.port, pinned: true, how: command.how };
  const variable = portOf(environment['STREAMLIT_SERVER_PORT']);
  if (variable !== undefined) return { number: variable, pinned: true, how: 'STREAMLIT_SERVER_PORT' };
  for (const { path, text } of configs) {
    const number = serverPort(text);
    if (number !== undefined) return { number, pinned: true, how: path };
  }
  return { number: streamlitDefault, pinned: false, how: "Streamlit's default" };
}

/** A file that is no TOML is Streamlit's to complain about. */
function serverPort(text: string): number | undefined {
  try {
    const { server } = parse(text);
    return typeof server === 'object' && 'port' in server ? portOf(server['port']) : undefined;
  } catch {
    return undefined;
  }
}

function portOf(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number > 0 && number < 65_536 ? number : undefined;
}
