import type { Names } from '../../../collectors/names.js';
import type { Finding } from '../../../engine/types.js';
import { fixOf, messageOf } from './wording.js';

type Unbound = Names['unbound'][number];

/** @param isAnnotationRun false where nobody knows which Python will run it: it may be one that leaves annotations alone. */
export function findingOf(unbound: Unbound, isAnnotationRun: boolean): Finding {
  const { code, file, line, column, text, name, within, definitions, hidden, nearest, reachable } = unbound;
  const isCertain = reachable && (unbound.inAnnotation === undefined || isAnnotationRun);
  const others = [...definitions, ...(hidden === undefined ? [] : [hidden])].filter((each) => each.line !== line);
  return {
    code,
    subject: `${file}: ${within === undefined ? '' : `${within}.`}${name}`,
    message: `${messageOf(unbound)}${unbound.inAnnotation ? ', and Python up to 3.13 evaluates the annotation' : ''}`,
    ...(isCertain ? {} : { severity: 'warning' as const }),
    location: { file, line, column },
    evidence: [{ line, text }, ...others].map((each) => `${file}:${each.line}: ${each.text}`),
    fix: fixOf(unbound),
    ...(nearest === undefined ? {} : { suggestion: nearest }),
  };
}
