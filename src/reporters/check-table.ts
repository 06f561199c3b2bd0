import type { Check } from '../engine/types.js';
import { padTo, paintFor, wrap, type Screen } from './layout.js';

/** The checks as a table: id, severity, title. */
export function checkTable(checks: readonly Pick<Check, 'id' | 'severity' | 'title'>[], screen: Screen): string {
  const paint = paintFor(screen);
  const ids = Math.max(0, ...checks.map((check) => check.id.length));
  const severities = 'warning'.length;
  const indent = ids + severities + 4;
  return checks
    .flatMap(({ id, severity, title }) => {
      const [first = '', ...rest] = wrap(title, screen.width - indent);
      return [
        `${paint.bold(padTo(id, ids))}  ${padTo(severity, severities)}  ${first}`,
        ...rest.map((line) => ' '.repeat(indent) + line),
      ];
    })
    .join('\n');
}
