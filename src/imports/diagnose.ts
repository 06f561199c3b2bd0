import type { ImportedModule, Imports, PythonException } from '../collectors/imports.js';
import type { Finding } from '../engine/types.js';
import { nearest } from '../util/nearest.js';
import { distributionFor } from '../requirements/import-names.js';
import { folderOf, offThePath, type Places } from './off-the-path.js';
import { chainLines, exceptionLine, innermostModule, innermostOwn, stackLines } from './traceback.js';

/** What a diagnosis may lean on besides the failure itself. */
export interface Surroundings {
  /** Dotted names of the dashboard's own modules. */
  own: readonly string[];
  /** The interpreter as one would type it. */
  python: string;
  project: Places;
}

export function surroundingsOf(imports: Imports, project: Places, executable: string | undefined): Surroundings {
  const own = imports.modules.filter((module) => module.wholeModule && module.path !== undefined);
  const python = executable ?? 'python';
  return { own: own.map(({ module }) => module), python: /\s/.test(python) ? `"${python}"` : python, project };
}

/** Why one module cannot be imported, at the place where it goes wrong; undefined where that is no matter of imports. */
export function diagnose(module: ImportedModule, around: Surroundings): Finding | undefined {
  switch (module.status) {
    case 'ok':
      return undefined;
    case 'error':
      return diagnoseException(module, module.exceptions, around);
    case 'exited': {
      // "except ImportError: sys.exit('please install …')": what could not be imported is the diagnosis.
      const cause = module.exceptions.slice(1);
      if (cause[0] !== undefined && isImportError(cause[0])) return diagnoseException(module, cause, around);
      return stopped(
        module,
        'import-error',
        `ends the process (exit code ${module.exitCode ?? 0}) while it is imported`,
      );
    }
    case 'crashed':
      return stopped(
        module,
        'import-error',
        `crashes the interpreter (${module.signal ?? 'unknown signal'}) while it is imported`,
      );
    case 'timeout': {
      const seconds = Math.round(module.durationMs / 1000);
      return stopped(module, 'import-timeout', `is still not imported after ${seconds} s`);
    }
    default:
      return module.status satisfies never;
  }
}

function stopped(module: ImportedModule, code: string, what: string): Finding {
  const printed = module.output.slice(0, 3).map((line) => `it printed: ${line}`);
  const subject = innermostModule(module.stack)?.file ?? module.path ?? module.module;
  const place = innermostOwn(module.stack);
  return {
    code,
    subject,
    message: `${subject} ${what}`,
    ...(place === undefined ? {} : { location: { file: place.file, line: place.line } }),
    evidence: [...stackLines(module.stack), ...printed],
    fix: `Move what ${subject} does while it is imported into a function, so that importing it has no effects.`,
  };
}

function diagnoseException(
  module: ImportedModule,
  exceptions: readonly PythonException[],
  around: Surroundings,
): Finding | undefined {
  const [diagnosis] = exceptions;
  if (diagnosis === undefined || isUnparsable(diagnosis) || needsSession(diagnosis)) return undefined;
  const place = innermostOwn(diagnosis.stack);
  const base = {
    ...(place === undefined ? {} : { location: { file: place.file, line: place.line } }),
    evidence: chainLines(exceptions),
  };
  if (diagnosis.message.includes('partially initialized module')) return { ...base, ...circular(diagnosis) };
  if (diagnosis.type === 'ModuleNotFoundError' && diagnosis.name !== undefined) {
    return { ...base, ...missingModule(diagnosis.name, diagnosis, around) };
  }
  const symbol = /^cannot import name '(.+?)' from '(.+?)'/.exec(diagnosis.message);
  if (diagnosis.type === 'ImportError' && symbol !== null) {
    const [, name = '', from = ''] = symbol;
    return { ...base, ...missingSymbol(`${from}:${name}`, diagnosis.nearest ?? []) };
  }
  const subject = innermostModule(diagnosis.stack)?.file ?? module.path ?? module.module;
  return {
    ...base,
    code: 'import-error',
    subject,
    message: `${subject} cannot be imported: ${exceptionLine(diagnosis)}`,
  };
}

/** A syntax error in one of the dashboard's own files: incident/compile tells it. */
export function isUnparsable({ type, message, path }: PythonException): boolean {
  const ownFile = path !== undefined && !/^(\/|[A-Za-z]:|<)/.test(path);
  return (isSyntaxError(type) && ownFile) || message.split('\n')[0]?.endsWith('null bytes') === true;
}

/** Only a running session can tell whether somebody has set it by then. */
function needsSession({ message }: PythonException): boolean {
  return /st\.session_state has no/.test(message.split('\n')[0] ?? '');
}

/**
 * What a module's own code raised while it was imported by itself. In the running dashboard something else may have set
 * the environment, the working folder or the session by then, so only a launch is sure of it. Undefined for failures
 * that are the same everywhere.
 */
export function ownException({ status, exceptions }: ImportedModule): PythonException | undefined {
  const [diagnosis] = status === 'error' ? exceptions : [];
  return diagnosis === undefined || isImportError(diagnosis) || isSyntaxError(diagnosis.type) ? undefined : diagnosis;
}

function isSyntaxError(type: string): boolean {
  return ['SyntaxError', 'IndentationError', 'TabError'].includes(type);
}

function isImportError({ type }: PythonException): boolean {
  return type === 'ImportError' || type === 'ModuleNotFoundError';
}

/** A name that its module does not have, `module:name`; also said of names nobody has imported yet. */
export function missingSymbol(
  symbol: string,
  near: readonly string[],
): Pick<Finding, 'code' | 'subject' | 'message' | 'fix' | 'suggestion'> {
  const [module = '', name = ''] = symbol.split(':');
  const [meant] = near;
  return {
    code: 'symbol-missing',
    subject: symbol,
    message: `${module} has no ${name}${meant === undefined ? '' : `; it does have ${near.slice(0, 3).join(', ')}`}`,
    fix:
      meant === undefined
        ? `Define ${name} in ${module}, or take it out where it is imported.`
        : `Rename it where it is imported, or define ${name} in ${module} again.`,
    ...(meant === undefined ? {} : { suggestion: meant }),
  };
}

/** A module that only the dashboard itself could have. */
export function missingOwnModule(
  name: string,
  meant: string | undefined,
): Pick<Finding, 'code' | 'subject' | 'message' | 'fix' | 'suggestion'> {
  return {
    code: 'module-missing',
    subject: name,
    message: `There is no module ${name} in the dashboard${meant === undefined ? '' : `; ${meant} is there`}`,
    fix:
      meant === undefined
        ? `Restore ${name}, or take out what imports it.`
        : `Import ${meant} instead, or restore ${name}.`,
    ...(meant === undefined ? {} : { suggestion: meant }),
  };
}

function missingModule(
  name: string,
  diagnosis: PythonException,
  around: Surroundings,
): Pick<Finding, 'code' | 'subject' | 'message' | 'fix' | 'suggestion'> {
  const found = { code: 'module-missing', subject: name };
  const folder = folderOf(name, around.project);
  if (folder !== undefined) return { ...found, ...offThePath(name, folder, around.project) };
  const top = name.split('.')[0] ?? name;
  const meant = nearest(name, around.own);
  if (meant !== undefined || around.own.some((own) => own.split('.')[0] === top)) return missingOwnModule(name, meant);
  if (diagnosis.message.includes('is not a package') || name.includes('.')) {
    return {
      ...found,
      message: `${diagnosis.message}: the installed ${top} does not have it`,
      fix: `${around.python} -m pip install --upgrade ${distributionFor(name)}`,
    };
  }
  return missingOutside(name, around.python);
}

/** A module that some package would bring. */
export function missingOutside(name: string, python: string): Pick<Finding, 'code' | 'subject' | 'message' | 'fix'> {
  return {
    code: 'module-missing',
    subject: name,
    message: `${name} is not installed`,
    fix: `${python} -m pip install ${distributionFor(name)}`,
  };
}

/** The modules between the one that is only half imported and the one that wants something of it. */
function circular(diagnosis: PythonException): Pick<Finding, 'code' | 'subject' | 'message' | 'fix'> {
  const half = /partially initialized module '(.+?)'/.exec(diagnosis.message)?.[1] ?? '';
  const files = diagnosis.stack.flatMap((frame) => (frame.own && frame.function === '<module>' ? [frame.file] : []));
  const begin = files.findIndex((file) => moduleOf(file) === half || moduleOf(file).endsWith(`.${half}`));
  const cycle = [...new Set(files.slice(Math.max(0, begin)))].sort();
  return {
    code: 'circular-import',
    subject: cycle.join(' <-> '),
    message: `${cycle.join(' and ')} import each other, so one of them is only half there when the other needs it`,
    fix: 'Move what both need into a third module, or import it inside the function that uses it.',
  };
}

function moduleOf(file: string): string {
  return file.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.');
}
