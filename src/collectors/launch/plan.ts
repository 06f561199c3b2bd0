import { CannotLook } from '../../engine/errors.js';
import type { Artifacts, Settings } from '../../engine/types.js';
import type { Framework } from '../project.js';
import { freePort } from './ports.js';
import { fillIn, fillInAll, streamlitCommand } from './streamlit-start.js';

/** What will be started, and where it will answer. */
export interface LaunchPlan {
  framework: Framework;
  /** What a finding about the launch as a whole is about: the entry script, or the program of a command. */
  subject: string;
  command: readonly string[];
  env: Readonly<Record<string, string>>;
  /** Where this launch listens. */
  port: number;
  /** The command listens where it likes: on the port of the launch in earnest, or not at all. */
  portIsFixed: boolean;
  /** Path below the base URL, or a whole URL, that answers 2xx once the dashboard is up. */
  health: string;
}

/**
 * What a launch gets on top of our own environment. Bytecode would be written into the target; a fault handler makes a
 * native crash or a hang tell where; the rest is Streamlit's: a log without boxes, the line that says where it listens,
 * exceptions in full, and a client that comes as 127.0.0.1 let in. Variables of an option it does not know are ignored.
 */
const launchEnvironment: Readonly<Record<string, string>> = {
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONUNBUFFERED: '1',
  PYTHONFAULTHANDLER: '1',
  STREAMLIT_LOGGER_ENABLE_RICH: 'false',
  STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE: 'false',
  STREAMLIT_CLIENT_SHOW_ERROR_DETAILS: 'true',
  STREAMLIT_SERVER_ALLOWED_HOSTS: '127.0.0.1',
};

/** As a user starts it, but for this machine only, without a browser, and telling nobody; options beat every config.toml. */
const hereAndQuiet = '--server.address 127.0.0.1 --server.headless true --browser.gatherUsageStats false'.split(' ');

const commandAndHealth =
  'launch.command and launch.health in the config, for example command: ["{python}", "app.py", "--port", "{port}"] and health: /';

/** @throws CannotLook when nobody knows what to start, for a dashboard that was not started may not pass for one that was. */
export function assertLaunchable(settings: Settings, { entry, whyNoEntry, framework }: Artifacts['project']): void {
  if (settings.launch.command !== undefined) return;
  if (entry === undefined) {
    throw new CannotLook(
      `no entry script was found${whyNoEntry === undefined ? '' : `: ${whyNoEntry}`}`,
      `Name it: moe-check preflight path/to/app.py, or "entry" in the config. For anything but Streamlit: ${commandAndHealth}.`,
    );
  }
  if (framework !== 'streamlit') {
    throw new CannotLook(`${entry.path} is no Streamlit script`, `Say how it is started: ${commandAndHealth}.`);
  }
}

/** @throws CannotLook when a command neither takes a port nor says on which one it listens. */
export async function planLaunch(
  { launch }: Settings,
  { project, interpreter }: Pick<Artifacts, 'project' | 'interpreter'>,
): Promise<LaunchPlan> {
  const python = interpreter.executable;
  if (launch.command === undefined) {
    const port = await freePort();
    const subject = project.entry?.path ?? '';
    const command = streamlitCommand(python, project, launch.args, [...hereAndQuiet, '--server.port', String(port)]);
    const env = { ...launchEnvironment, ...fillInAll(launch.env, { python, port }) };
    const health = launch.health ?? '/_stcore/health';
    return { framework: 'streamlit', subject, command, env, port, portIsFixed: false, health };
  }
  const health = launch.health ?? '/';
  const takesPort = [...launch.command, ...launch.args, health, ...Object.values(launch.env)].some((text) =>
    text.includes('{port}'),
  );
  const port = takesPort ? await freePort() : (portOf(health) ?? launch.port);
  if (port === undefined) {
    throw new CannotLook(
      'launch.command does not say on which port the dashboard will listen',
      'Put {port} where the command takes its port (or in launch.env), or name a fixed one with launch.port.',
    );
  }
  const fill = (text: string) => fillIn(text, { python, port });
  return {
    framework: 'command',
    subject: project.entry?.path ?? launch.command[0] ?? '',
    command: [...launch.command, ...launch.args].map(fill),
    env: { ...launchEnvironment, ...fillInAll(launch.env, { python, port }) },
    port,
    portIsFixed: !takesPort,
    health: fill(health),
  };
}

function portOf(health: string): number | undefined {
  if (!URL.canParse(health)) return undefined;
  const { port, protocol } = new URL(health);
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}
