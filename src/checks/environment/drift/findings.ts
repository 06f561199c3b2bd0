import type { Finding } from '../../../engine/types.js';
import type { EnvironmentRecord } from '../../../environment/record.js';
import type { Change } from './changes.js';
import type { Failure } from './failures.js';

/** A change that may explain a failure, with the failures that point at it. */
export function suspect(
  change: Change,
  pointing: readonly Failure[],
  record: EnvironmentRecord,
  python: string,
): Finding {
  const { code, name } = change;
  const blame = pointing.length === 0 ? '' : ', and a failure of this run points at it';
  return {
    code,
    subject: name,
    message: `${told(change)} since the last green preflight of ${record.recordedAt.slice(0, 10)}${blame}`,
    evidence: [...new Set(pointing.map((failure) => failure.told))].slice(0, 3),
    fix: undo(change, python),
  };
}

/** The changes that explain nothing by themselves, one note for each kind. */
export function others(changes: readonly Change[], record: EnvironmentRecord): readonly Finding[] {
  return (['python-changed', 'changed', 'removed', 'added'] as const).flatMap((code) => {
    const alike = changes.filter((change) => change.code === code);
    const [first] = alike;
    if (first === undefined) return [];
    const what = alike.length === 1 ? told(first) : `${alike.length} other packages ${verbs[code]}`;
    const message = `${what} since the last green preflight of ${record.recordedAt.slice(0, 10)}`;
    const subject = alike.length === 1 ? first.name : 'other packages';
    const evidence = alike.length === 1 ? {} : { evidence: alike.map(told) };
    return [{ code, subject, severity: 'info' as const, message, ...evidence }];
  });
}

const verbs = {
  changed: 'changed their version',
  added: 'were added',
  removed: 'were removed',
  'python-changed': 'changed',
} as const;

function told({ code, name, before = '', now = '' }: Change): string {
  switch (code) {
    case 'changed':
      return `${name} went from ${before} to ${now}`;
    case 'added':
      return `${name} ${now} was added`;
    case 'removed':
      return `${name} ${before} was removed`;
    case 'python-changed':
      return `the interpreter went from ${before} to ${now}`;
    default:
      return code satisfies never;
  }
}

function undo({ code, name, before = '' }: Change, python: string): string {
  switch (code) {
    case 'changed':
    case 'removed':
      return `${python} -m pip install '${name}==${before}'`;
    case 'added':
      return `${python} -m pip uninstall ${name}`;
    case 'python-changed':
      return `Create the virtual environment anew with ${before}, or record this one with --record once it is green.`;
    default:
      return code satisfies never;
  }
}
