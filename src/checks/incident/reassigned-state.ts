import { defineCheck } from '../../engine/define.js';
import type { Finding } from '../../engine/types.js';
import type { ReassignedState } from '../../source/reassigned/reassigned-state.js';

export const reassignedState = defineCheck({
  id: 'incident/reassigned-state',
  title: 'No dict or list is emptied before it was read',
  why: 'what was filled in is lost without an error, and the plots that show it stay empty',
  severity: 'error',
  codes: {
    'emptied-after-fill': 'a dict, list or set is filled and emptied again before anybody reads it',
    'declared-twice': 'a dict, list or set is declared empty twice, with nothing in between',
  },
  needs: ['names'],
  run({ names }) {
    return names.emptied.map(finding);
  },
});

function finding({ code, file, line, column, text, name, within, first, fills }: ReassignedState): Finding {
  const where = within === undefined ? '' : ` in ${within}`;
  const filled = `${fills.length > 1 ? 'lines' : 'line'} ${fills.map((fill) => fill.line).join(', ')}`;
  const again = `the second "${name} = …" in line ${line}`;
  return {
    code,
    subject: `${file}: ${within === undefined ? '' : `${within}.`}${name}`,
    message:
      code === 'emptied-after-fill'
        ? `${name} is emptied${where} before anybody has read what ${filled} put in`
        : `${name} is declared empty in line ${first.line}, and once more here${where}`,
    ...(code === 'declared-twice' ? { severity: 'warning' as const } : {}),
    location: { file, line, column },
    evidence: [first, ...fills, { line, text }].map((each) => `${file}:${each.line}: ${each.text}`),
    fix: code === 'emptied-after-fill' ? `Take out ${again}, or what ${filled} put in.` : `Take out ${again}.`,
  };
}
