import { defineCheck } from '../../engine/define.js';
import { endFindings } from './startup/ended.js';
import { knownFindings } from './startup/known.js';
import { portFindings } from './startup/port.js';
import { raisedFindings } from './startup/raised.js';

export const startup = defineCheck({
  id: 'incident/startup',
  title: 'The dashboard comes up and its pages run',
  why: 'A dashboard can answer its health check while its script raises for everyone who opens it; only a start with a connected client tells.',
  severity: 'error',
  codes: {
    'port-in-use': 'the port the dashboard will run on is held by another process',
    exited: 'the process ended before it was asked to, or (info) did not end when it was asked to',
    'never-healthy': 'the health check was not answered, or a page did not come to an end, within the deadline',
    'script-raised': 'an exception on a page, or (warning) one that ended a background thread',
    'known-failure': 'the log shows a failure that is known, with its cause and fix; harmless noise as info',
  },
  needs: ['launch'],
  run({ launch }) {
    // One cause, one finding: what explains one of these is not reported again as a known failure.
    const decisive = [...portFindings(launch), ...endFindings(launch), ...raisedFindings(launch)];
    return [...decisive, ...knownFindings(launch, decisive)].map((each) => {
      const { explainedBy: _, ...finding } = each;
      return finding;
    });
  },
});
