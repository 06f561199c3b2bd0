import { CannotLook } from '../../engine/errors.js';
import { runProbe } from '../../python/probe.js';
import type { Signatures } from '../../triage/signatures.js';
import { asPrinted, parseThreadDump } from '../../triage/traceback.js';
import { triage } from '../../triage/triage.js';
import { validatorOf } from '../../util/json-schema.js';
import type { StackFrame } from '../imports.js';
import type { PageException, PageRun } from '../launch.js';
import type { Project } from '../project.js';
import { readExceptions, type FrameReader } from './exceptions.js';

/** What `probe/streamlit_client.py` answers. */
export interface ClientAnswer {
  runs: readonly {
    /** Path of the page in its URL; empty for the first one. */
    page: string;
    state: PageRun['state'];
    detail: string;
    reruns: number;
    durationMs: number;
    exceptions: readonly {
      type: string;
      message: string;
      isWarning: boolean;
      stackTrace: readonly string[];
    }[];
  }[];
}

/** How long a client waits, in seconds. */
export interface Patience {
  firstRunS: number;
  /** For all further pages together. */
  furtherPagesS: number;
}

/**
 * Connects as a browser would, to the first page and then to every other one the app announces.
 * @throws CannotLook when the client itself does not run.
 */
export async function runPages(
  python: string,
  base: string,
  patience: Patience,
  options: { env: Readonly<Record<string, string>>; signal: AbortSignal },
): Promise<ClientAnswer['runs']> {
  const url = `${base.replace(/^http/, 'ws')}/_stcore/stream`;
  const answer = await runProbe(python, 'streamlit_client', { url, ...patience }, options);
  const isAnswer = await validatorOf<ClientAnswer>('probes/streamlit-client');
  if (!isAnswer(answer)) throw new CannotLook('the client of the dashboard answered with something unexpected');
  return answer.runs;
}

export function pageRun(
  run: ClientAnswer['runs'][number],
  project: Project,
  read: FrameReader,
  signatures: Signatures,
): PageRun {
  const exceptions = run.exceptions.map(({ type, message, isWarning, stackTrace }): PageException => {
    const printed = asPrinted(stackTrace, type, message);
    const recognized = triage(printed, signatures).find((failure) => failure.class !== 'benign');
    return {
      isWarning,
      chain: readExceptions(printed, read),
      ...(recognized === undefined ? {} : { recognized }),
    };
  });
  const { state, detail, reruns, durationMs } = run;
  return { page: pageName(run.page, project), state, detail, reruns, durationMs, exceptions };
}

/** Where the script's thread was, from a dump of all threads; empty when it was no longer there. */
export function whereScriptWas(dump: readonly string[], read: FrameReader): readonly StackFrame[] {
  const threads = parseThreadDump(dump);
  const script = threads.find((frames) => frames.some(({ file }) => file.endsWith('/script_runner.py')));
  return (script ?? []).map(read);
}

/** The page's file where it can be told, or else its path in the URL. */
function pageName(urlPath: string, { entry, files }: Project): string {
  if (urlPath === '') return entry?.path ?? '/';
  // The same steps by which Streamlit makes a URL path of a file name: `2_Train_me.py` becomes `Train_me`.
  const pathOf = (file: string) =>
    /([^/]*)\.py$/
      .exec(file)?.[1]
      ?.replace(/^\d+[_ -]*(?=.)/, '')
      .replaceAll(/[_ ]+/g, '_');
  const named = files.filter((file) => pathOf(file.path) === urlPath);
  const pages = named.filter((file) => file.role === 'page');
  const [only, another] = pages.length > 0 ? pages : named;
  return only !== undefined && another === undefined ? only.path : `/${urlPath}`;
}
