import type { PythonException, StackFrame } from '../../../collectors/imports.js';
import type { Launch } from '../../../collectors/launch.js';
import type { RecognizedFailure } from '../../../triage/triage.js';
import { stackLines, type StartupFinding } from './finding.js';

/** Every exception that a page showed, and every one that ended a thread of the dashboard's own. */
export function raisedFindings({ pages, deadThreads, subject }: Launch): readonly StartupFinding[] {
  const told = new Set<string>();
  const isNew = (chain: readonly PythonException[]) => {
    const [diagnosis] = chain;
    const at = innermostOwn(chain);
    const key = [diagnosis?.type, diagnosis?.message, at?.file, at?.line].join('\n');
    return told.has(key) ? false : told.add(key);
  };
  const onPages = pages.flatMap(({ page, exceptions }) => {
    // What a shared module raises is seen on every page, and is still one cause.
    const fresh = exceptions.filter(({ chain }) => isNew(chain));
    return fresh.map(({ isWarning, chain, recognized }) => {
      const name = fresh.length > 1 ? (innermostOwn(chain)?.function ?? chain[0]?.type) : undefined;
      return {
        ...describe(page, chain, recognized, subject),
        subject: name === undefined ? page : `${page} (${name})`,
        ...(isWarning ? { severity: 'warning' as const } : {}),
      };
    });
  });
  const inThreads = deadThreads.map(({ thread, chain, recognized }) => ({
    ...describe(`the background thread "${thread}"`, chain, recognized, subject),
    subject: `thread ${thread}`,
    severity: 'warning' as const,
  }));
  return [...onPages, ...inThreads];
}

function describe(
  who: string,
  chain: readonly PythonException[],
  recognized: RecognizedFailure | undefined,
  entry: string,
): Omit<StartupFinding, 'subject'> {
  const [diagnosis, ...causes] = chain;
  const at = innermostOwn(chain);
  const said = (exception: PythonException | undefined) =>
    `${exception?.type ?? 'Exception'}: ${exception?.message.split('\n')[0]?.slice(0, 300) ?? ''}`;
  const place = at === undefined ? '' : ` at ${at.file}:${at.line} (${at.function})`;
  return {
    code: 'script-raised',
    message: `${who} raised ${said(diagnosis)}${place}`,
    ...(at === undefined ? {} : { location: { file: at.file, line: at.line } }),
    evidence: [
      ...stackLines(diagnosis?.stack ?? []),
      said(diagnosis),
      ...causes.map((cause) => `raised while handling ${said(cause)}`),
    ],
    fix:
      recognized?.fix ??
      `Look at ${at === undefined ? entry : `${at.file}:${at.line}`}; see it happen: streamlit run ${entry}`,
    ...(recognized === undefined ? {} : { explainedBy: recognized.signature }),
  };
}

/** Of the diagnosis, or where nothing of the dashboard's own had a part in that, of what it was raised from. */
function innermostOwn(chain: readonly PythonException[]): StackFrame | undefined {
  return chain.map(({ stack }) => stack.findLast((frame) => frame.own)).find((frame) => frame !== undefined);
}
