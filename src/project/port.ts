import { parse } from 'smol-toml';
import type { Settings } from '../engine/types.js';
import { portIn, type RunCommand } from './run-commands.js';

export interface Port {
  number: number;
  /** Set explicitly, so that Streamlit does not move on to the next free one. */
  pinned: boolean;
  how: string;
}

/** What decides about the port of a Streamlit dashboard besides its settings. */
export interface PortSources {
  /** The run command of the entry. */
  command?: RunCommand;
  environment: Readonly<Record<string, string | undefined>>;
  /** Streamlit's config files, the one that wins first. */
  configs: readonly { path: string; text: string }[];
}

/** Streamlit's own default, from which it moves on when the port is taken. */
const streamlitDefault = 8501;

/** Where a Streamlit dashboard will listen in earnest; what Streamlit lets win comes first: options, environment, config files. */
export function streamlitPort({ launch }: Pick<Settings, 'launch'>, sources: PortSources): Port {
  const { command, environment, configs } = sources;
  const pinned = (number: number, how: string): Port => ({ number, pinned: true, how });
  const given = portIn(launch.args);
  if (given !== undefined) return pinned(given, 'launch.args in the config');
  if (launch.port !== undefined) return pinned(launch.port, 'launch.port in the config');
  // Inside a container the port is the container's own.
  if (command?.port !== undefined && !/docker|compose/i.test(command.file)) {
    return pinned(command.port, `${command.file} line ${command.line}: ${command.text}`);
  }
  const variable = valid(environment['STREAMLIT_SERVER_PORT']);
  if (variable !== undefined) return pinned(variable, 'STREAMLIT_SERVER_PORT');
  for (const { path, text } of configs) {
    const number = configuredPort(text);
    if (number !== undefined) return pinned(number, path);
  }
  return { number: streamlitDefault, pinned: false, how: "Streamlit's default" };
}

/** Where a dashboard started by a command of its own will listen. */
export function commandPort({ launch }: Pick<Settings, 'launch'>): Port {
  if (launch.port !== undefined) return { number: launch.port, pinned: true, how: 'launch.port in the config' };
  return { number: streamlitDefault, pinned: false, how: 'the default, as launch.port is not set' };
}

/** A file that is no TOML is Streamlit's to complain about. */
function configuredPort(text: string): number | undefined {
  try {
    const { server } = parse(text);
    return typeof server === 'object' && 'port' in server ? valid(server['port']) : undefined;
  } catch {
    return undefined;
  }
}

function valid(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number > 0 && number < 65_536 ? number : undefined;
}
