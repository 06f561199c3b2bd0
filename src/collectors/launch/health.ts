import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dashboard } from './dashboard.js';
import type { LaunchPlan } from './plan.js';

export interface Health {
  healthy: boolean;
  /** The last thing that was seen: `answered 200`, `ECONNREFUSED`. */
  seen: string;
  url: string;
}

const pollMs = 100;
const requestMs = 5000;

/** Asks until the dashboard answers 2xx, ends, or the deadline (a reading of `performance.now()`) has come. */
export async function untilHealthy(
  dashboard: Dashboard,
  plan: LaunchPlan,
  deadline: number,
  signal: AbortSignal,
): Promise<Health> {
  let exited = false;
  void dashboard.exited.then(() => {
    exited = true;
  });
  for (;;) {
    const url = healthUrl(plan, baseUrl(plan, dashboard.log.lines()));
    const answer = await Promise.race([statusOf(url, signal), dashboard.exited]);
    signal.throwIfAborted();
    if (typeof answer === 'number' && answer >= 200 && answer < 300) {
      return { healthy: true, seen: `answered ${answer}`, url };
    }
    const seen = typeof answer === 'number' ? `answered ${answer}` : (answer ?? 'no answer');
    if (exited || performance.now() >= deadline) return { healthy: false, seen, url };
    await Promise.race([sleep(pollMs), dashboard.exited]);
  }
}

/** Where the dashboard listens: Streamlit itself says whether its config asks for TLS or a base path. */
export function baseUrl({ framework, port }: LaunchPlan, log: readonly string[]): string {
  const said = framework === 'streamlit' ? log.map((line) => /^\s*(?:Local )?URL: (\S+)$/.exec(line)?.[1]) : [];
  const announced = said.find((url) => url !== undefined && URL.canParse(url));
  if (announced === undefined) return `http://127.0.0.1:${port}`;
  const { protocol, pathname } = new URL(announced);
  return `${protocol}//127.0.0.1:${port}${pathname.replace(/\/$/, '')}`;
}

function healthUrl({ health }: LaunchPlan, base: string): string {
  return URL.canParse(health) ? health : `${base}/${health.replace(/^\//, '')}`;
}

/** The status of an answer, or the reason why there was none. */
function statusOf(url: string, signal: AbortSignal): Promise<number | string> {
  return new Promise((resolve) => {
    // A certificate made for another name, or signed by itself, is the browser's business: this is 127.0.0.1.
    const options = { agent: false, signal, timeout: requestMs, rejectUnauthorized: false } as const;
    const request = (url.startsWith('https:') ? https : http).get(url, options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${requestMs / 1000} s`)));
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}
