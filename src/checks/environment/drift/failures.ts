import type { Imports, PythonException } from '../../../collectors/imports.js';
import type { Launch } from '../../../collectors/launch.js';

/** Something that went wrong in this run, as far as it can point at a package. */
export interface Failure {
  /** One line for a person: `core.model: ImportError: cannot import name 'x' from 'numpy'`. */
  told: string;
  /** What it said and the files it went through. */
  text: string;
  /** The dashboard's own file that fails, relative to the root, when it is known. */
  file?: string;
}

/** Every failure of the imports and the launch. */
export function failuresOf(imports: Imports | undefined, launch: Launch | undefined): readonly Failure[] {
  const modules = (imports?.modules ?? []).filter(({ status }) => status !== 'ok');
  const symbols = (imports?.symbols ?? []).filter(({ status }) => status === 'missing');
  return [
    ...modules.map(({ module, path, status, exceptions }) => ({
      told: `${module}: ${headline(exceptions) ?? status}`,
      text: exceptions.map(textOf).join('\n'),
      ...(path === undefined ? {} : { file: path }),
    })),
    ...symbols.map(({ symbol }) => ({ told: `${symbol} is missing`, text: `'${symbol.split(':', 1)[0]}'` })),
    ...(launch === undefined ? [] : failuresOfLaunch(launch)),
  ];
}

function failuresOfLaunch(launch: Launch): readonly Failure[] {
  const exceptions = launch.pages.flatMap((page) => page.exceptions).filter(({ isWarning }) => !isWarning);
  const chains = [...exceptions, ...launch.deadThreads].map(({ chain }) => ({
    told: `the launch: ${headline(chain) ?? 'an exception'}`,
    text: chain.map(textOf).join('\n'),
  }));
  const known = launch.recognized
    .filter((failure) => failure.class !== 'benign')
    .map(({ signature, lines }) => ({ told: `the launch: ${signature}`, text: lines.join('\n') }));
  const failed = launch.rungs.find(({ state }) => state === 'failed');
  const log = failed === undefined ? [] : [{ told: `the launch: ${failed.detail}`, text: launch.log.join('\n') }];
  return [...chains, ...known, ...log];
}

function headline([diagnosis]: readonly PythonException[]): string | undefined {
  return diagnosis && `${diagnosis.type}: ${diagnosis.message.split('\n', 1)[0] ?? ''}`;
}

function textOf({ type, message, name, path, stack }: PythonException): string {
  const files = [path ?? '', ...stack.map(({ file }) => file)];
  return [`${type}: ${message}`, ...(name === undefined ? [] : [`'${name}'`]), ...files].join('\n');
}

/**
 * True when a failure points at a module: its file is in the traceback, or its name is quoted, dotted or bounded.
 * A bare word is not enough; `click` and `requests` are words.
 */
export function pointsAt({ text }: Failure, module: string): boolean {
  const name = module.replaceAll('.', '\\.');
  const folder = module.replaceAll('.', '[/\\\\]');
  return new RegExp(
    `(?:site|dist)-packages[/\\\\]${folder}(?:[/\\\\]|\\.)|['"\`]${name}['"\`.]|(?<![\\w./-])${name}\\.[a-z_]|(?<![\\w./-])${name}\\s*[<>=!~]=`,
    'i',
  ).test(text);
}
