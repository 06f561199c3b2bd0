import { describe, expect, it } from 'vitest';
import { cv2, judge, pil, txt, verdicts, work } from './packages-world.js';
import { imports, importsIn } from './world.js';

type Case = [title: string, fires: string[], ...given: Parameters<typeof judge>];

describe('environment/packages fires', () => {
  const cases: Case[] = [
    [
      'when nothing of that name is installed',
      ['error missing plotly'],
      txt('plotly>=5'),
      [],
      [imports('plotly.express')],
    ],
    [
      'below the range',
      ['error out-of-range streamlit'],
      txt('streamlit>=1.40'),
      ['streamlit 1.30.0'],
      [imports('streamlit')],
    ],
    ['above a cap', ['error out-of-range numpy'], txt('numpy<2'), ['numpy 2.4.6'], [imports('numpy')]],
    ['at an excluded version', ['error out-of-range numpy'], txt('numpy!=2.4.*'), ['numpy 2.4.6'], [imports('numpy')]],
    [
      'for another build than the one pinned',
      ['error out-of-range torch'],
      txt('torch==2.4.0+cu121'),
      ['torch 2.4.0+cpu'],
      [imports('torch')],
    ],
    [
      'for a pre-release below the floor',
      ['error out-of-range torch'],
      txt('torch>=2.5'),
      ['torch 2.5.0.dev20240901'],
      [imports('torch')],
    ],
    [
      'when the import has another name',
      ['error missing scikit-learn'],
      txt('scikit-learn'),
      [],
      [imports('sklearn.metrics')],
    ],
    [
      'with less weight when only tests import it',
      ['warning missing responses'],
      txt('responses'),
      [],
      [importsIn('test_app.py', ['responses'])],
    ],
    [
      'with less weight when nothing imports it',
      ['warning missing jupyterlab'],
      txt('jupyterlab'),
      [],
      [imports('numpy')],
    ],
    [
      'that Poetry takes in one of several ranges',
      ['error missing pandas'],
      { 'pyproject.toml': '[tool.poetry.dependencies]\npandas="^1.5 || ^2.1"\n' },
      [],
      [imports('pandas')],
    ],
    [
      'in pyproject.toml',
      ['error missing pandas'],
      { 'pyproject.toml': '[project]\nname="x"\ndependencies=["pandas"]\n' },
      [],
      [imports('pandas')],
    ],
    [
      "in Poetry's spelling",
      ['error out-of-range pandas'],
      { 'pyproject.toml': '[tool.poetry.dependencies]\npandas="^2.1"\n' },
      ['pandas 3.0.6'],
      [imports('pandas')],
    ],
    [
      'for a constraint on what is installed',
      ['error out-of-range protobuf'],
      { ...txt('-c c.txt', 'streamlit'), 'c.txt': 'protobuf<5' },
      ['streamlit 1.64.0: protobuf', 'protobuf 7.36.2'],
      [imports('streamlit')],
    ],
    [
      "in conda's file, by conda's meaning of one equals sign",
      ['error out-of-range numpy'],
      { 'environment.yml': 'dependencies:\n  - numpy=1.26\n' },
      ['numpy 2.4.6'],
      [imports('numpy')],
    ],
    ['where a marker holds', ['error missing tomli'], txt('tomli; python_version >= "3.11"'), [], [imports('tomli')]],
    [
      'when a package that is used lacks another',
      ['error missing streamlit -> toml'],
      {},
      ['streamlit 1.64.0: toml<2'],
      [imports('streamlit')],
    ],
    [
      'when two packages that are used do not go together',
      ['error conflict streamlit -> protobuf'],
      {},
      ['streamlit 1.20.0: protobuf<4,>=3.12', 'protobuf 5.29.0'],
      [imports('streamlit')],
    ],
    [
      'when one is used by another',
      ['error conflict altair -> jsonschema'],
      {},
      ['streamlit 1.64.0: altair', 'altair 6.3.0: jsonschema>=4', 'jsonschema 3.2.0'],
      [imports('streamlit')],
    ],
    [
      'with less weight among packages the dashboard does not use',
      ['warning conflict google-colab -> pandas'],
      {},
      ['google-colab 1.0: pandas==2.2.2', 'pandas 3.0.6'],
      [imports('streamlit')],
    ],
    [
      'when an extra that is asked for was left out',
      ['warning missing uvicorn -> httptools'],
      txt('uvicorn[standard]'),
      ["uvicorn 0.54.0: httptools>=0.6; extra == 'standard'"],
      [imports('uvicorn')],
    ],
    [
      'through an extra of an extra',
      ['warning missing pkg -> deep'],
      txt('pkg[all]'),
      ["pkg 1: pkg[x]; extra == 'all' & deep; extra == 'x'"],
      [imports('pkg')],
    ],
    [
      'once a lock file, with every package in it',
      ['warning out-of-range uv.lock'],
      { 'uv.lock': '[[package]]\nname = "numpy"\nversion = "2.4.5"\n[[package]]\nname = "six"\nversion = "1.16.0"\n' },
      ['numpy 2.4.6', 'six 1.17.0'],
      [],
    ],
    [
      'for the Python itself',
      ['error out-of-range python'],
      { 'pyproject.toml': '[project]\nname="x"\nrequires-python=">=3.12"\n' },
      [],
      [],
    ],
    [
      'once, however many files ask for it',
      ['error missing numpy'],
      { ...txt('numpy'), 'setup.cfg': '[options]\ninstall_requires =\n  numpy\n' },
      [],
      [imports('numpy')],
    ],
  ];
  it.each(cases)('%s', async (_, fires, ...given) => {
    expect(await verdicts(...given)).toEqual(fires);
  });
});

describe('environment/packages stays silent', () => {
  const cases: [title: string, ...given: Parameters<typeof judge>][] = [
    ['when the version is within', txt('streamlit>=1.30,<2', 'numpy~=2.4'), ['streamlit 1.64.0', 'numpy 2.4.6']],
    ['for a local version of the release that is pinned', txt('torch==2.13.0'), ['torch 2.13.0+cpu']],
    ['for a pre-release within the range', txt('torch>=2.5'), ['torch 2.6.0.dev20241201+cu124']],
    ['for a post-release', txt('python-dateutil>=2.8.2'), ['python-dateutil 2.9.0.post0']],
    [
      'however the name is spelt',
      txt('Python_DateUtil', 'PyYAML>=6', 'ruamel.yaml'),
      ['python-dateutil 2.9', 'pyyaml 6.0.3', 'ruamel-yaml 0.18'],
    ],
    ['where a marker does not hold', txt('pywin32; sys_platform == "win32"', 'tomli>=2; python_version < "3.11"'), []],
    ['where a marker cannot be known', txt('foo; platform_release >= "99"', 'bar; nonsense'), []],
    [
      'for extras, groups and files of their own',
      {
        'pyproject.toml':
          '[project]\nname="x"\n[project.optional-dependencies]\ngpu=["cupy"]\n[dependency-groups]\ndev=["pytest>99"]\n[tool.poetry.group.docs.dependencies]\nsphinx="*"\n',
        'requirements-dev.txt': 'ruff\n',
        'requirements/test.txt': 'coverage\n',
      },
      ['pytest 8'],
    ],
    [
      'where one of several ranges of Poetry may hold, or nobody knows for which Python',
      {
        'pyproject.toml':
          '[tool.poetry.dependencies]\npython="^3.9 || ^3.11"\npandas="^1.5 || ^2.1"\nwandb={version="*", python="<3.9 || >3.12"}\n',
      },
      ['pandas 2.2.0'],
    ],
    ['for working copies', txt('mylib>=2', '-e .', '-e ../other'), [work, 'user 1: mylib>=3']],
    [
      'for the project itself',
      { 'pyproject.toml': '[project]\nname="Moe.Hub"\ndependencies=[]\n', ...txt('moe-hub[gpu]') },
      [],
    ],
    [
      'for what the repository brings itself',
      txt('-e git+https://example.org/x.git#egg=moe_core'),
      [],
      [imports('moe_core.model')],
    ],
    [
      'for addresses, whose version nobody bounds',
      txt('clip @ git+https://github.com/openai/CLIP.git', 'https://x.org/torch-2.1.0-cp311-cp311-linux_x86_64.whl'),
      ['clip 1.0', 'torch 2.0.0'],
    ],
    [
      'when another distribution brings the same import',
      txt('opencv-python>=4'),
      [cv2, 'albumentations 1: opencv-python>=4.9'],
      [imports('cv2')],
    ],
    [
      'for what conda installs under names of its own',
      {
        'environment.yml':
          'dependencies:\n  - python=3.11\n  - pytorch=2.13\n  - cudatoolkit=11.8\n  - nodejs\n  - pillow\n',
      },
      ['torch 2.13.0+cpu', pil],
    ],
    ['for a constraint on what is not installed', { ...txt('-c c.txt'), 'c.txt': 'protobuf<5\n' }, []],
    [
      'for lines nobody can make out',
      txt('numpy==>2', '<<<<<<< HEAD', '--find-links x', 'pkg==1.0-SNAPSHOT-x_y'),
      ['numpy 2.4.6'],
    ],
    [
      "for a package's extras that nobody asked for",
      txt('pandas'),
      ["pandas 3.0.6: numpy>=1.26 & pytest>=7; extra == 'test'", 'numpy 2.4.6', 'pytest 6'],
    ],
    [
      "for a package's requirement on another platform",
      {},
      [
        'torch 2.13.0: nvidia-cublas-cu12==12.1; platform_system == "Linux" and platform_machine == "aarch64" & colorama; sys_platform == "win32"',
      ],
      [imports('torch')],
    ],
    ['when one of two versions that are recorded is within', txt('numpy>=2'), ['numpy 1.26.4', 'numpy 2.4.6']],
    ['for versions that are not PEP 440', txt('pytz>=2010'), ['pytz 2004d']],
    [
      'for a lock that was kept to, whatever platform its versions are for',
      {
        'uv.lock':
          '[[package]]\nname = "numpy"\nversion = "2.2.6"\n[[package]]\nname = "numpy"\nversion = "2.4.6"\n[[package]]\nname = "colorama"\nversion = "0.4.6"\n',
      },
      ['numpy 2.4.6'],
    ],
    [
      'for the Python that is asked for',
      {
        'pyproject.toml': '[tool.poetry.dependencies]\npython="^3.10"\n',
        'environment.yml': 'dependencies: [python=3.11]\n',
      },
      [],
    ],
    ['for an import that is allowed to fail', {}, ["wandb 0.16: nothing-of-the-sort; extra == 'media'"], []],
    ['without any requirement file', {}, ['numpy 2.4.6']],
  ];
  it.each(cases)('%s', async (_, ...given) => {
    expect(await verdicts(...given)).toEqual([]);
  });
});

it('says what to do, and where it is asked for', async () => {
  const files = {
    ...txt('# app', 'streamlit>=1.40 # the page'),
    'setup.cfg': '[options]\ninstall_requires =\n  streamlit>=1.40\n',
  };
  const [finding] = await judge(files, ['streamlit 1.30.0', 'pip 23.2.1'], [imports('streamlit')]);
  expect(finding).toMatchObject({
    message: 'setup.cfg asks for streamlit>=1.40, but 1.30.0 is installed',
    location: { file: 'setup.cfg', line: 3 },
    evidence: ['setup.cfg:3: streamlit>=1.40', 'requirements.txt:2: streamlit>=1.40'],
    fix: "/app/.venv/bin/python -m pip install 'streamlit>=1.40'",
  });
  const [withoutPip] = await judge(files, ['streamlit 1.30.0'], []);
  expect(withoutPip?.fix).toBe("uv pip install --python /app/.venv/bin/python 'streamlit>=1.40'");
});
