import { describe, expect, it } from 'vitest';
import { read, told } from './read.js';

describe('pyproject.toml', () => {
  it('gives PEP 621 dependencies, extras, groups and the Python', async () => {
    const found = await read({
      'pyproject.toml': `[project]
name = "Moe_Hub"
requires-python = ">=3.10"
dependencies = [
  "streamlit>=1.30",  # the page
  'plotly',
  "numpy<3; python_version >= '3.9'",
]

[project.optional-dependencies]
GPU = ["torch[opt]>=2"]

[dependency-groups]
dev = [{ include-group = "test" }, "ruff"]
test = ["pytest>8"]

[tool.uv]
dev-dependencies = ["mypy"]
`,
    });
    expect(told(found)).toEqual([
      'pyproject.toml:5 main streamlit>=1.30',
      'pyproject.toml:6 main plotly',
      "pyproject.toml:7 main numpy<3; python_version >= '3.9'",
      'pyproject.toml:11 gpu torch[opt]>=2',
      'pyproject.toml:14 dev ruff',
      'pyproject.toml:15 test pytest>8',
      'pyproject.toml:18 dev mypy',
    ]);
    expect(found.python).toEqual([{ specifier: '>=3.10', file: 'pyproject.toml', line: 3 }]);
    expect(found.ownName).toBe('moe-hub');
  });

  it("gives Poetry's tables as PEP 440", async () => {
    const found = await read({
      'pyproject.toml': `[tool.poetry]
name = "hub"
[tool.poetry.dependencies]
python = "^3.10"
streamlit = "^1.30"
numpy = "~1.26.2"
plotly = "5.18.0"
pandas = ">=2,<3"
requests = "*"
torch = { version = "^2.1", source = "pytorch", markers = "sys_platform == 'linux'" }
wandb = { version = "^0.16", optional = true }
old = "^0.3.1 || ^0.5"
odd = { version = "*", python = "<3.9 || >3.12" }
here = { path = "../here", develop = true }
both = [{ version = "<2", python = "<3.9" }, { version = ">=2", python = ">=3.9" }]
"quoted.name" = "^0"

[tool.poetry.group.dev.dependencies]
pytest = "^8"
[tool.poetry.dev-dependencies]
black = "24.1"
`,
    });
    expect(told(found)).toEqual([
      'pyproject.toml:5 main streamlit>=1.30,<2',
      'pyproject.toml:6 main numpy>=1.26.2,<1.27',
      'pyproject.toml:7 main plotly==5.18.0',
      'pyproject.toml:8 main pandas>=2,<3',
      'pyproject.toml:9 main requests',
      `pyproject.toml:10 main torch>=2.1,<3; (sys_platform == 'linux')`,
      'pyproject.toml:11 optional wandb>=0.16,<0.17',
      'pyproject.toml:12 main old',
      'pyproject.toml:14 main here @ ../here',
      'pyproject.toml:15 main both<2; python_full_version < "3.9"',
      'pyproject.toml:15 main both>=2; python_full_version >= "3.9"',
      'pyproject.toml:16 main quoted-name>=0,<1',
      'pyproject.toml:21 dev black==24.1',
      'pyproject.toml:19 dev pytest>=8,<9',
    ]);
    expect(found.python).toEqual([{ specifier: '>=3.10,<4', file: 'pyproject.toml', line: 4 }]);
  });

  it('follows the files setuptools takes dependencies from', async () => {
    const found = await read({
      'pyproject.toml':
        '[project]\nname="x"\ndynamic=["dependencies"]\n[tool.setuptools.dynamic]\ndependencies={file=["deps/core.in"]}\n',
      'deps/core.in': 'numpy\n',
    });
    expect(told(found)).toEqual(['deps/core.in:1 main numpy']);
  });

  it('says so when it is no TOML', async () => {
    const found = await read({ 'pyproject.toml': '[project\n', 'requirements.txt': 'numpy\n' });
    expect(told(found)).toEqual(['requirements.txt:1 main numpy']);
    expect(found.unclear).toMatchObject([{ file: 'pyproject.toml' }]);
  });
});

describe('setup.cfg and setup.py', () => {
  it('give install_requires and extras', async () => {
    const found = await read({
      'setup.cfg': `[metadata]
name = hub
[options]
python_requires = >=3.9
install_requires =
    numpy>=1.20  # arrays
    # pandas
    typing-extensions; python_version < "3.11"
zip_safe = no
[options.extras_require]
dev =
    pytest
gpu = torch; sys_platform == "linux"
`,
    });
    expect(told(found)).toEqual([
      'setup.cfg:6 main numpy>=1.20',
      'setup.cfg:8 main typing-extensions; python_version < "3.11"',
      'setup.cfg:12 dev pytest',
      'setup.cfg:13 gpu torch; sys_platform == "linux"',
    ]);
    expect(found.python).toEqual([{ specifier: '>=3.9', file: 'setup.cfg', line: 4 }]);
  });

  it('give a literal list and nothing that must be executed', async () => {
    const literal = `from setuptools import setup
setup(
    name="hub",
    install_requires=[
        "numpy>=1.20",  # arrays
        'pandas',
        # "old",
        "torch ; sys_platform != 'win32'"
    ],
)
`;
    expect(told(await read({ 'setup.py': literal }))).toEqual([
      'setup.py:5 main numpy>=1.20',
      'setup.py:6 main pandas',
      "setup.py:8 main torch; sys_platform != 'win32'",
    ]);
    const computed = 'setup(install_requires=["numpy", *read("more.txt")])\n';
    const joined = 'setup(install_requires=["numpy" + VERSION])\n';
    const named = 'REQ = ["numpy"]\nsetup(install_requires=REQ)\n';
    for (const text of [computed, joined, named]) expect(told(await read({ 'setup.py': text }))).toEqual([]);
  });
});

describe('environment.yml', () => {
  it("gives conda's packages and pip's section", async () => {
    const found = await read({
      'environment.yml': `name: hub
channels: [pytorch, conda-forge]
dependencies:
  - python=3.11
  - pytorch::pytorch=2.1.0=py3.11_cpu_0
  - numpy=1.26
  - pandas>=2,<3
  - scikit-learn==1.4.0
  - nodejs
  - cudatoolkit 11.8.*
  - pip
  - pip:
      - streamlit>=1.30
      - -r requirements.txt
      - git+https://github.com/example/x.git#egg=x
`,
    });
    expect(told(found)).toEqual([
      'environment.yml:5 main conda torch==2.1.0.*',
      'environment.yml:6 main conda numpy==1.26.*',
      'environment.yml:7 main conda pandas>=2,<3',
      'environment.yml:8 main conda scikit-learn==1.4.0',
      'environment.yml:9 main conda nodejs',
      'environment.yml:10 main conda cudatoolkit==11.8.*',
      'environment.yml:11 main conda pip',
      'environment.yml:13 main streamlit>=1.30',
      'environment.yml:15 main x @ git+https://github.com/example/x.git#egg=x',
    ]);
    expect(found.python).toEqual([{ specifier: '==3.11.*', file: 'environment.yml', line: 4 }]);
  });
});

describe('lock files', () => {
  it('give the version that was settled on, without the project itself', async () => {
    const found = await read({
      'uv.lock': `version = 1
requires-python = ">=3.11"

[[package]]
name = "Moe-Hub"
version = "0.1.0"
source = { editable = "." }
dependencies = [
    { name = "numpy" },
]

[[package]]
name = "numpy"
version = "2.4.6"
source = { registry = "https://pypi.org/simple" }
wheels = [
    { url = "https://files.pythonhosted.org/numpy.whl", hash = "sha256:00" },
]

[package.optional-dependencies]
x = [
    { name = "y", version = "1" },
]
`,
      'poetry.lock': `[[package]]
name = "plotly"
version = "7.1.0"
description = "x"
optional = false

[package.dependencies]
name = ">=1"
version = "9"

[[package]]
name = "here"
version = "0.1.0"
[package.source]
type = "directory"
url = "../here"

[metadata]
lock-version = "2.0"
`,
    });
    expect(told(found).sort()).toEqual(['poetry.lock:1 lock lock plotly==7.1.0', 'uv.lock:12 lock lock numpy==2.4.6']);
  });
});
