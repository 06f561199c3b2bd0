import type { Launch } from '../../../collectors/launch.js';
import type { StartupFinding } from './finding.js';

/** The port of the launch in earnest: fatal when it is pinned, for otherwise Streamlit moves to the next free one. */
export function portFindings({ wantedPort, framework }: Launch): readonly StartupFinding[] {
  const { number, pinned, how, taken, holder } = wantedPort;
  if (!taken || (!pinned && framework !== 'streamlit')) return [];
  const finding = { code: 'port-in-use', subject: `port ${number}` };
  const by = holder === undefined ? 'another process' : `process ${holder}`;
  if (!pinned) {
    const message = `port ${number} is held by ${by}, so Streamlit will move on to the next free one`;
    return [{ ...finding, severity: 'info', message }];
  }
  const end = holder === undefined ? 'End the process that holds it' : `End it (kill ${Number.parseInt(holder, 10)})`;
  return [
    {
      ...finding,
      message: `port ${number} (${how}) is held by ${by}, and the dashboard will not move to another`,
      fix: `${end}, or give the dashboard another port.`,
    },
  ];
}
