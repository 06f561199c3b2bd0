import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import type { ListedDistributions } from '../../src/python/distributions.js';
import { runProbe } from '../../src/python/probe.js';
import { Installed } from '../../src/requirements/installed.js';
import { exec } from '../../src/util/exec.js';
import { python } from '../python.js';

/** A folder with the metadata of packages that nobody ever built: `a 1.0: b>=2`. */
async function packages(...written: readonly string[]) {
  const files = written.map((text): [string, string] => {
    const [head = '', ...requires] = text.split(/: | & /);
    const [name = '', version = ''] = head.split(' ');
    const lines = [`Name: ${name}`, `Version: ${version}`, ...requires.map((each) => `Requires-Dist: ${each}`)];
    return [`site-packages/${name}-${version}.dist-info/METADATA`, `Metadata-Version: 2.1\n${lines.join('\n')}\n\n`];
  });
  return createFixture(Object.fromEntries([...files, ['site-packages/x.py', '']]));
}

/** What is broken, as `pip check` names it: `a 1.0 requires b, which is not installed.` */
async function broken(folder: string, asked: readonly { name: string; extras: readonly string[] }[] = []) {
  const env = { PYTHONPATH: folder };
  const { installed, environment } = (await runProbe(python, 'list_distributions', {}, { env })) as ListedDistributions;
  return new Installed(installed, environment).broken(asked).map(({ of, requirement, installed }) => {
    const what = `${of.name} ${of.version} requires ${requirement.name}`;
    return installed === undefined ? `${what}, which is not installed.` : `${what}, but ${installed} is installed.`;
  });
}

async function pipCheck(folder: string): Promise<readonly string[]> {
  const { stdout } = await exec(python, ['-B', '-m', 'pip', 'check'], { env: { PYTHONPATH: folder } });
  return stdout
    .split('\n')
    .filter((line) => / requires | has requirement /.test(line))
    .map((line) =>
      line.replace(
        / has requirement ([\w.-]+)[^,]*, but you have \S+ ([^ ]+)\.$/,
        ' requires $1, but $2 is installed.',
      ),
    );
}

const numpy = 'numpy 2.4.6';

describe('what is broken among installed packages', () => {
  it('is what pip check says', async () => {
    await using folder = await packages(
      'a 1.0: b>=2 & gone & c',
      'b 1.5: c<3',
      'c 3.0.0',
      "d 1.0: nothing; extra == 'x' & e>=1; sys_platform == 'win32' & e<1; python_version > '3'",
      'e 1.0',
      'f 1.0: e (<2,>=1) & c~=3.0 & c==3.* & c!=3.0.1',
      'g 2.0.dev1: h<2.0.dev1',
      'h 2.0.dev0',
    );
    const ours = await broken(folder.getPath('site-packages'));
    expect([...ours].sort()).toEqual([...(await pipCheck(folder.getPath('site-packages')))].sort());
    expect(ours).toHaveLength(4);
  });

  it('is nothing in the environment of the tests, to pip and to us', async () => {
    await using nothing = await createFixture({ 'site-packages/x.py': '' });
    expect(await pipCheck(nothing.getPath('site-packages'))).toEqual([]);
    expect(await broken(nothing.getPath('site-packages'))).toEqual([]);
  });

  it('includes the extras that were asked for, and those that these ask for', async () => {
    await using folder = await packages(
      "p 1: q[y]; extra == 'x'",
      "q 1: r; extra == 'y' & p[z]; extra == 'y' & s; extra == 'w'",
      't 1: p[nothing]',
    );
    const asked = [{ name: 'p', extras: ['x'] }];
    expect(await broken(folder.getPath('site-packages'))).toEqual([]);
    expect(await broken(folder.getPath('site-packages'), asked)).toEqual(['q 1 requires r, which is not installed.']);
  });
});

describe('what the dashboard uses', () => {
  it('is what it imports, and what that requires in turn', () => {
    const distribution = (text: string, modules: readonly string[]) => {
      const [head = '', ...requires] = text.split(/: | & /);
      const [name = '', version = ''] = head.split(' ');
      return { name, version, requires, modules, editable: false };
    };
    const installed = new Installed(
      [
        distribution('streamlit 1: altair & tornado; extra == "t"', ['streamlit']),
        distribution('altair 1: jsonschema & streamlit', ['altair']),
        distribution('jsonschema 1', ['jsonschema']),
        distribution('tornado 1', ['tornado']),
        distribution('pillow 1', ['PIL']),
        distribution('protobuf 1', ['google.protobuf']),
        distribution('google-auth 1', ['google.auth']),
        distribution(numpy, ['numpy']),
      ],
      {},
    );
    expect([...installed.usedBy(['streamlit.runtime', 'PIL', 'google', 'google.protobuf'])].sort()).toEqual([
      'altair',
      'jsonschema',
      'pillow',
      'protobuf',
      'streamlit',
    ]);
    expect([...installed.usedBy(['numpyx', 'json'])]).toEqual([]);
  });
});
