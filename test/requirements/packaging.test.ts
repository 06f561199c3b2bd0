import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateMarker } from '../../src/requirements/markers.js';
import { parseRequirement } from '../../src/requirements/pep508.js';
import { isWithin } from '../../src/requirements/versions.js';
import { exec } from '../../src/util/exec.js';
import { python, sitePackages } from '../python.js';

interface Answers {
  within: (boolean | null)[];
  markers: (boolean | null)[];
  requirements: ({ name: string; extras: string[]; url: string | null; hasMarker: boolean } | null)[];
}

/** What `packaging`, on which pip stands, says of the same cases. */
async function ask(cases: Record<string, unknown>): Promise<Answers> {
  const script = path.join(import.meta.dirname, 'oracle.py');
  const { stdout, stderr, exitCode } = await exec(python, ['-B', script], { lifeline: `${JSON.stringify(cases)}\n` });
  if (exitCode !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Each case with its answer, so that a difference shows what it is about. */
function told(cases: readonly unknown[], answers: readonly unknown[]) {
  return cases.map((given, index) => ({ given, answer: answers[index] }));
}

/** Every requirement in the metadata of the packages that are really installed. */
const metadata = readdirSync(sitePackages)
  .filter((name) => name.endsWith('.dist-info'))
  .flatMap((name) => readFileSync(path.join(sitePackages, name, 'METADATA'), 'utf8').split('\n'))
  .flatMap((line) => /^Requires-Dist: (.*)$/.exec(line)?.[1] ?? []);

const versions =
  `1 1.0 1.0.0 1.1 2 2.0 2.0.1 2.0a1 2.0b1 2.0rc1 2.0rc2 2.0.dev1 2.0.post1 2.0.post2 2.0.post1.dev2 2.0rc1.post1 2.0a1.dev3 1!1.0 1!2.0
  2.4.0+cpu 2.4.0+cu121 2.4.0 2.13.0+cpu 3 3.0 3.1 0.0.0 2024.10.1 1.0.0rc1+local.7 v1.0 1.0-1 1.0.0.0.0 10.0 not-a-version`.split(
    /\s+/,
  );
const specifiers = [
  ...`>=1 >1 <2 <=2 ==2 ==2.0 ==2.0.0 !=2.0 ~=2.0 ~=2.0.0 ~=1.0 ~=3.0.0 ==2.* ==2.0.* !=2.* ==3.0.* >2.0.post1 >2.0 >2.0rc1 <2.0.post1 <2.0.post2 <2.0 <2.0.dev1 <2.0rc2 <2.0b2
  >2.0a1 ==2.0rc1 >=2.0rc1 ==2.4.0+cpu ==2.4.0 !=2.4.0+cpu >=2.4.0 <=2.4.0 >2.4.0 <2.4.1 ===1.0 ===2.4.0+cpu ==1!2.0 >=1!1.0
  >=1!0 ~=1!1.0 ==2.13.0 <3 >=3 ~=1 ==2.0.dev1.* >=2.* ~=2.* <1.0+x foo ==v1.0 ==1.0-1 >=2024`.split(/\s+/),
  '>=1,<2',
  '>=1.0 , <3 , !=2.0',
  '>=1,',
  '',
  '>= 2.0',
  '>=1;',
];

const environments = [
  {
    python_version: '3.11',
    python_full_version: '3.11.7',
    sys_platform: 'linux',
    platform_system: 'Linux',
    os_name: 'posix',
  },
  {
    python_version: '3.8',
    python_full_version: '3.8.18',
    sys_platform: 'win32',
    platform_system: 'Windows',
    os_name: 'nt',
  },
  {
    python_version: '3.13',
    python_full_version: '3.13.0',
    sys_platform: 'darwin',
    platform_system: 'Darwin',
    os_name: 'posix',
  },
].map((environment) => ({
  ...environment,
  platform_machine: 'x86_64',
  platform_release: '6.8.0-45-generic',
  platform_version: '#1 SMP',
  platform_python_implementation: 'CPython',
  implementation_name: 'cpython',
  implementation_version: environment.python_full_version,
}));
const markers = [
  'python_version < "3.10"',
  "python_version>='3.10' and sys_platform != 'win32'",
  'python_version in "2.7, 3.8"',
  '"3.1" in python_version',
  'python_full_version >= "3.11.4"',
  'python_version > "3" or (sys_platform == "win32" and os_name == "nt")',
  'sys_platform == "darwin" and (python_version < "3.9" or platform_machine == "arm64") or os_name == "nt"',
  '(python_version < "3.9" or sys_platform == "linux") and extra == "gpu"',
  'extra == "GPU_all"',
  'extra == "gpu-all" or extra == "gpu"',
  "platform_system not in 'Windows, Darwin'",
  'platform_python_implementation != "PyPy"',
  'python_implementation == "CPython"',
  "os.name == 'posix' and sys.platform == 'linux'",
  'python_version ~= "3.8"',
  'python_version == "3.*"',
  'platform_release >= "5"',
  'nonsense == "1"',
  'python_version >=',
  '"3.8" <= python_version',
  'python_version not  in "3.8"',
  ...new Set(metadata.flatMap((text) => parseRequirement(text)?.marker ?? [])),
];

describe('against packaging', () => {
  it('compares versions alike', async () => {
    const within = versions.flatMap((version) => specifiers.map((specifier) => [version, specifier] as const));
    const answers = await ask({ within });
    const ours = within.map(([version, specifier]) => isWithin(version, specifier) ?? null);
    expect(told(within, ours)).toEqual(told(within, answers.within));
  });

  it('evaluates markers alike', async () => {
    const cases = markers.flatMap((marker) =>
      environments.flatMap((environment) =>
        [[], ['gpu'], ['gpu-all', 'test']].map((extras) => [marker, environment, extras] as const),
      ),
    );
    expect(cases.length).toBeGreaterThan(500);
    const answers = await ask({ markers: cases });
    const ours = cases.map(([marker, environment, extras]) => evaluateMarker(marker, environment, extras) ?? null);
    expect(told(cases, ours)).toEqual(told(cases, answers.markers));
  });

  it('reads requirements alike', async () => {
    const requirements = [
      ...metadata,
      'uvicorn[standard, http-tools]>=0.23,<1 ; python_version >= "3.8"',
      'Python_Dateutil (>=2.8)',
      'torch @ https://example.org/torch-2.1.0%2Bcpu.whl ; sys_platform == "linux"',
      'pip @ file:///tmp/pip.whl',
      'name@git+https://example.org/name.git@main#egg=name',
      'numpy>=1.26,',
      'numpy 1.26',
      'numpy=1.26',
      '-name',
      'a b',
      '',
      'foo[bar',
      'foo>=1.0;',
      'foo!=1.*,>2',
      'A.B-C_d==1',
    ];
    expect(requirements.length).toBeGreaterThan(200);
    const answers = await ask({ requirements });
    const ours = requirements.map((text) => {
      const found = parseRequirement(text);
      if (found === undefined) return null;
      const { name, extras, url = null, marker } = found;
      return { name, extras: extras.toSorted(), url, hasMarker: marker !== undefined };
    });
    expect(told(requirements, ours)).toEqual(told(requirements, answers.requirements));
  });
});
