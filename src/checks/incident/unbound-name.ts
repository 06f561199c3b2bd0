import { defineCheck } from '../../engine/define.js';
import { findingOf } from './unbound-name/finding.js';

export const unboundName = defineCheck({
  id: 'incident/unbound-name',
  title: 'Every name has a value where it is read',
  why: 'a name without a value raises only when its line runs: after compiling, after importing, on one page or in one branch',
  severity: 'error',
  codes: {
    'unbound-local': 'a local name is read where it has no value: before its assignment, or on another way',
    'undefined-name': 'a name is read that nothing defines',
  },
  needs: ['names'],
  wants: ['interpreter'],
  run({ names, interpreter }) {
    const evaluates = interpreter === undefined ? undefined : evaluatesAnnotations(interpreter.version);
    return names.unbound
      .filter(({ inAnnotation }) => inAnnotation === undefined || evaluates !== false)
      .map((each) => findingOf(each, evaluates === true));
  },
});

/** From Python 3.14 on annotations are evaluated when somebody asks for them (PEP 649). */
function evaluatesAnnotations(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 3 && minor < 14;
}
