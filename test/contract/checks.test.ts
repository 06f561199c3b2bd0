import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks } from '../../src/checks/index.js';
import { collectors } from '../../src/collectors/index.js';
import type { Artifacts, Check, CheckResult } from '../../src/engine/types.js';
import { firstComplaint, validatorOf } from '../../src/util/json-schema.js';

const root = path.join(import.meta.dirname, '../..');

/** Paths below a folder that match, relative to it, with forward slashes. */
function below(folder: string, pattern: RegExp): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .flatMap((file) => pattern.exec(file)?.[1] ?? [])
    .sort();
}

const ids = checks.map((check) => check.id).sort();
const dashed = ids.map((id) => id.replace('/', '-'));

describe('the registry and the tree', () => {
  it('has one file a check, and one check a file', () => {
    const declared = below('src/checks', /^([a-z]+\/[\w-]+)\.ts$/).filter((file) =>
      readFileSync(path.join(root, `src/checks/${file}.ts`), 'utf8').includes('defineCheck('),
    );
    expect(declared).toEqual(ids);
  });

  it('has one test, one docs page and one folder of fixtures a check', () => {
    expect(below('test/checks', /^([a-z]+\/[\w-]+)\.test\.ts$/)).toEqual(expect.arrayContaining(ids));
    expect(below('docs/checks', /^([\w-]+)\.md$/)).toEqual(dashed);
    expect([...new Set(below('fixtures/artifacts', /^([a-z]+\/[\w-]+)\/[\w-]+\.json$/))]).toEqual(ids);
  });

  it('names no check twice', () => {
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe.each(checks.map((check) => [check.id, check] as const))('%s', (id, check) => {
  const fixtures = below(`fixtures/artifacts/${id}`, /^([\w-]+)\.json$/);
  const failing = fixtures.filter((name) => name !== 'pass');

  it('finds nothing in pass.json', async () => {
    expect(findings(check, await readFixture(check, 'pass'))).toEqual([]);
  });

  it('finds every code it declares in its failing fixtures, and only those', async () => {
    expect(failing).toContain('fail');
    const found = new Set<string>();
    for (const name of failing) {
      const given = findings(check, await readFixture(check, name));
      expect(given, `${name}.json`).not.toEqual([]);
      for (const finding of given) {
        found.add(finding.code);
        expect(finding.subject, 'a subject never holds a line number').not.toMatch(/:\d+$/);
        expect(finding.message.length).toBeGreaterThan(10);
      }
    }
    expect([...found].sort()).toEqual(Object.keys(check.codes).sort());
  });

  it('has a docs page with every section and a row for every code', () => {
    const page = readFileSync(path.join(root, `docs/checks/${id.replace('/', '-')}.md`), 'utf8');
    const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading);
    const sections = [
      'What it looks at',
      'Why it matters',
      'Codes',
      'How to fix',
      'False alarms, and how to silence one',
    ];
    expect(headings).toEqual(expect.arrayContaining([expect.stringContaining(id), ...sections]));
    const rows = [...page.matchAll(/^\| `([\w-]+)` \| (?:error|warning|info)/gm)].map(([, code]) => code ?? '');
    expect([...new Set(rows)].sort()).toEqual(Object.keys(check.codes).sort());
  });
});

describe('the collectors', () => {
  const keys = collectors.map((collector) => collector.artifact);

  it('have one file and one schema each', () => {
    expect(below('src/collectors', /^([\w-]+)\.ts$/).filter((name) => name !== 'index')).toEqual(keys.toSorted());
    expect(below('schemas/artifacts', /^([\w-]+)\.schema\.json$/)).toEqual(keys.toSorted());
  });

  it('produce all that checks and collectors ask for', () => {
    const asked = [
      ...checks.flatMap((check) => [...check.needs, ...(check.deepenedBy ?? []), ...(check.wants ?? [])]),
      ...collectors.flatMap((collector) => [...(collector.dependsOn ?? []), ...(collector.wants ?? [])]),
    ];
    expect(keys).toEqual(expect.arrayContaining(asked));
  });

  it('build on each other without going round in circles', () => {
    const rank = new Map<string, number>();
    const depth = (key: string, path: readonly string[]): number => {
      expect(path).not.toContain(key);
      const collector = collectors.find((each) => each.artifact === key);
      const below = [...(collector?.dependsOn ?? []), ...(collector?.wants ?? [])];
      const value = rank.get(key) ?? 1 + Math.max(0, ...below.map((each) => depth(each, [...path, key])));
      rank.set(key, value);
      return value;
    };
    for (const key of keys) depth(key, []);
    expect(rank.size).toBe(keys.length);
  });
});

/** A fixture as the check gets it: each artifact in it held against the schema that live output is held against. */
async function readFixture(check: Check, name: string): Promise<Artifacts> {
  const declared = [...check.needs, ...(check.deepenedBy ?? []), ...(check.wants ?? [])];
  const content: unknown = JSON.parse(
    readFileSync(path.join(root, `fixtures/artifacts/${check.id}/${name}.json`), 'utf8'),
  );
  if (typeof content !== 'object' || content === null) throw new Error(`${name}.json is not an object`);
  for (const key of check.needs) expect(Object.keys(content), `${name}.json`).toContain(key);
  for (const [key, value] of Object.entries(content)) {
    expect(declared, `${name}.json holds what the check does not read`).toContain(key);
    const isArtifact = await validatorOf<unknown>(`artifacts/${key}`);
    if (!isArtifact(value)) throw new Error(`${name}.json, ${key}: ${firstComplaint(isArtifact.errors)}`);
  }
  return content as Artifacts;
}

function findings(check: Check, artifacts: Artifacts): Exclude<CheckResult, { notApplicable: string }> {
  const result = check.run(artifacts);
  if ('notApplicable' in result) throw new Error(`not applicable: ${result.notApplicable}`);
  return result;
}
