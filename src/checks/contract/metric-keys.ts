import { defineCheck } from '../../engine/define.js';
import { lostKey, unreadKey } from './metric-keys/findings.js';

export const metricKeys = defineCheck({
  id: 'contract/metric-keys',
  title: 'Every metric key that is read is produced and handed on',
  why: 'a key that was renamed in one place raises nothing where it is read with a default: the plot stays flat for ever',
  severity: 'error',
  codes: {
    'never-produced': 'a key that is read from dicts of the repository, none of which is ever given it',
    'lost-on-the-way': 'a key that is produced, and that a function between producer and reader does not hand on',
    'silent-default': 'a key that only some of the dicts have from which it is read with a default',
    'never-read': 'a key that is stored in a dict of which others are read, and that nobody reads',
  },
  needs: ['metric-keys'],
  run({ 'metric-keys': { lost, unread, unparsed } }) {
    if (unparsed.length > 0)
      return { notApplicable: `what ${unparsed.join(', ')} stores cannot be seen (see incident/compile)` };
    const told = new Set(
      lost.flatMap(({ nearest }) => (nearest === undefined ? [] : `${nearest.file}:${nearest.line}`)),
    );
    const others = unread.filter(({ file, line }) => !told.has(`${file}:${line}`));
    return [...lost.map(lostKey), ...others.map(unreadKey)];
  },
});
