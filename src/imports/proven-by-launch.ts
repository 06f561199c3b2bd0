import type { PythonException } from '../collectors/imports.js';
import type { Launch } from '../collectors/launch.js';
import type { Finding } from '../engine/types.js';
import { exceptionLine } from './traceback.js';

/**
 * A module's own exception as the started dashboard shows it: told by incident/startup when it is raised there too, and
 * harmless when it is not. An error where nothing was started, or not far enough to tell.
 */
export function inTheLightOf(
  launch: Launch | undefined,
  finding: Finding,
  raised: readonly PythonException[],
): Finding {
  if (launch === undefined) return finding;
  const { fix: _, ...note } = { ...finding, severity: 'info' as const };
  if (raised.some((exception) => isShown(launch, exception))) {
    return { ...note, message: `${finding.message}; so it does in the started dashboard, see incident/startup` };
  }
  if (!hasRun(launch)) return finding;
  return {
    ...note,
    message: `${finding.message}, when it is imported by itself; the started dashboard runs all the same`,
  };
}

/** As incident/startup reports it as an error: on a page, or as the last words of a process that ended. */
function isShown({ pages, process, log }: Launch, exception: PythonException): boolean {
  const line = bareLine(exception);
  const onPages = pages.flatMap((page) => page.exceptions.filter(({ isWarning }) => !isWarning));
  return (
    onPages.some(({ chain }) => chain[0] !== undefined && bareLine(chain[0]) === line) ||
    (process.exitedEarly && log.some((each) => each.replace(/^(?:\w+\.)+(?=\w+(?::|$))/, '') === line))
  );
}

/** The entry script has been executed; for other frameworks an answer has to do as a proof. */
function hasRun({ framework, rungs }: Launch): boolean {
  const proof = framework === 'streamlit' ? 'script-ran' : 'healthy';
  return rungs.some(({ rung, state }) => rung === proof && state === 'ok');
}

/** Without the module of the exception's class, which not everybody prints. */
function bareLine(exception: PythonException): string {
  return exceptionLine({ ...exception, type: exception.type.split('.').at(-1) ?? '' });
}
