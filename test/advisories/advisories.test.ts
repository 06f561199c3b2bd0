import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { askedApis, loadAdvisories, type KnownAdvisories } from '../../src/advisories/advisories.js';
import { compileApis } from '../../src/source/facts/api-patterns.js';
import { readVirtualEnvironment } from '../../src/python/virtual-environment.js';
import { isSpecifier, isWithin } from '../../src/requirements/versions.js';
import { loadSignatures } from '../../src/triage/signatures.js';
import { exec } from '../../src/util/exec.js';
import { firstComplaint, validatorOf } from '../../src/util/json-schema.js';
import { python } from '../python.js';

const known = await loadAdvisories();

describe('the advisories', () => {
  it('keep to their schema', async () => {
    const isAdvisories = await validatorOf<KnownAdvisories>('advisories');
    expect(isAdvisories(known) ? '' : firstComplaint(isAdvisories.errors)).toBe('');
  });

  it('have ids of their own, versions by PEP 440, and APIs below their module', async () => {
    const ids = [...known.apis, ...known.combinations, ...known.builds].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const specifiers = [
      ...known.apis.map(({ versions }) => versions),
      ...known.combinations.flatMap(({ packages }) => Object.values(packages)),
    ];
    expect(specifiers.filter((each) => each === '' || !isSpecifier(each))).toEqual([]);
    const strays = known.apis.flatMap(({ module, apis }) =>
      Object.keys(apis).filter((api) => !api.startsWith('.') && api !== module && !api.startsWith(`${module}.`)),
    );
    expect(strays).toEqual([]);
    const signatures = new Set((await loadSignatures()).map(({ id }) => id));
    const linked = [...known.combinations, ...known.builds].flatMap(({ signature }) => signature ?? []);
    expect(linked.filter((id) => !signatures.has(id))).toEqual([]);
  });

  it('name APIs in a form that is understood', () => {
    const compiled = [...compileApis(askedApis(known)).values()].flatMap(({ patterns }) => patterns);
    expect(compiled.filter(({ name, method }) => (name === undefined) === (method === undefined))).toEqual([]);
  });

  it('are true of the releases that are installed here', async () => {
    const listed = await readVirtualEnvironment(python);
    const versionOf = (name: string) =>
      name === 'python'
        ? listed?.environment['python_full_version']
        : listed?.installed.find((each) => each.name === name)?.version;
    const cases = known.apis.flatMap(({ distribution, versions, kind, apis }) => {
      const version = versionOf(distribution);
      if (version === undefined || kind === 'changed') return [];
      const concerned = isWithin(version, versions) === true;
      // Out of its range a removed API may be gone all the same: the range begins where that is certain.
      if (!concerned && kind !== 'not-yet') return [];
      return Object.keys(apis).map((api) => ({
        api,
        expected: kind === 'removed' ? !concerned : kind === 'deprecated' || !concerned,
      }));
    });
    const request = `${JSON.stringify(cases.map(({ api }) => api))}\n`;
    const { stdout, stderr } = await exec(python, ['-B', path.join(import.meta.dirname, 'has_api.py')], {
      lifeline: request,
    });
    const answers: (boolean | null)[] = JSON.parse(stdout || JSON.stringify(stderr));
    expect(cases.filter(({ expected }, index) => answers[index] !== null && answers[index] !== expected)).toEqual([]);
    expect(answers.filter((answer) => answer !== null).length).toBeGreaterThan(100);
  });
});
