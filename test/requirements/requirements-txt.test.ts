import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { readRequirements } from '../../src/requirements/read-requirements.js';
import { exec } from '../../src/util/exec.js';
import { python } from '../python.js';
import { read, told } from './read.js';

const realRequirements = `# Streamlit app
--index-url https://download.pytorch.org/whl/cpu
--extra-index-url=https://pypi.org/simple
-f https://data.pyg.org/whl/torch-2.1.0+cpu.html

streamlit>=1.30,<2   # the dashboard
torch==2.1.0+cpu
plotly ~= 5.18
uvicorn[standard] >= 0.23
numpy<2; python_version < "3.12"
pandas>=2.0 \\
    --hash=sha256:0000000000000000000000000000000000000000000000000000000000000000 \\
    --hash=sha256:1111111111111111111111111111111111111111111111111111111111111111
requests >= \\
    2.28, \\
    # not the broken one
transformers @ git+https://github.com/huggingface/transformers.git@v4.40.0 ; sys_platform == 'linux'
git+https://github.com/openai/CLIP.git#egg=clip
-e git+https://github.com/example/pkg.git@main#egg=pkg[extra]&subdirectory=python
-e .
./vendored/thing
https://download.pytorch.org/whl/cpu/torchvision-0.16.0%2Bcpu-cp311-cp311-linux_x86_64.whl
Python_Dateutil
-r base-common.txt
-c constraints.txt
`;

describe('pip requirements files', () => {
  const files = {
    'requirements.txt': realRequirements,
    'base-common.txt': 'scikit-learn==1.4.*\n  # indented comment\n\ttqdm\t\n',
    'constraints.txt': 'protobuf<5\n',
  };

  it('are read line by line', async () => {
    const found = await read(files);
    expect(told(found)).toEqual([
      'requirements.txt:6 main streamlit>=1.30,<2',
      'requirements.txt:7 main torch==2.1.0+cpu',
      'requirements.txt:8 main plotly~= 5.18',
      'requirements.txt:9 main uvicorn[standard]>= 0.23',
      'requirements.txt:10 main numpy<2; python_version < "3.12"',
      'requirements.txt:11 main pandas>=2.0',
      'requirements.txt:14 main requests>=     2.28',
      `requirements.txt:17 main transformers @ git+https://github.com/huggingface/transformers.git@v4.40.0; sys_platform == 'linux'`,
      'requirements.txt:18 main clip @ git+https://github.com/openai/CLIP.git#egg=clip',
      'requirements.txt:19 main pkg[extra] @ git+https://github.com/example/pkg.git@main#egg=pkg[extra]&subdirectory=python',
      'requirements.txt:22 main torchvision @ https://download.pytorch.org/whl/cpu/torchvision-0.16.0%2Bcpu-cp311-cp311-linux_x86_64.whl',
      'requirements.txt:23 main python-dateutil',
      'base-common.txt:1 main scikit-learn==1.4.*',
      'base-common.txt:3 main tqdm',
      'constraints.txt:1 main constraint protobuf<5',
    ]);
    expect(found.unclear).toEqual([]);
    expect(found.files).toEqual(['requirements.txt', 'base-common.txt', 'constraints.txt']);
  });

  it('give what pip itself reads from them', async () => {
    await using project = await createFixture(files);
    const script = path.join(import.meta.dirname, 'pip-oracle.py');
    const { stdout, stderr } = await exec(python, ['-B', script, project.getPath('requirements.txt')]);
    const pips: { text: string; file: string; line: number; constraint: boolean }[] = JSON.parse(
      stdout || `"${stderr}"`,
    );
    const nameless = /^(?:\.|-e \.)/;
    expect(
      (await readRequirements(project.path, {})).requirements.map(({ file, line, kind }) => [file, line, kind]),
    ).toEqual(
      pips
        .filter(({ text }) => !nameless.test(text) && text !== '.')
        .map(({ file, line, constraint }) => [file, line, constraint ? 'constraint' : 'dependency']),
    );
  });

  it('say which lines cannot be made out, and never stop at one', async () => {
    const found = await read({ 'requirements.txt': 'streamlit=1.30\nnumpy==>2\npandas\n-r gone.txt\n=======\n' });
    expect(told(found)).toEqual(['requirements.txt:3 main pandas']);
    expect(found.unclear.map(({ file, line }) => [file, line])).toEqual([
      ['requirements.txt', 1],
      ['requirements.txt', 2],
      ['gone.txt', 1],
      ['requirements.txt', 5],
    ]);
  });

  it('have groups by their names, and what a main file includes is main', async () => {
    const found = await read({
      'requirements.txt': '-r requirements/base.txt\n',
      'requirements/base.txt': 'numpy\n',
      'requirements/dev.txt': '-r base.txt\npytest\n',
      'requirements-gpu.txt': 'torch\n',
      'dev-requirements.txt': '-r requirements.txt\nruff\n',
      'docs_requirements.txt': 'sphinx\n',
      'notes.txt': 'not requirements\n',
    });
    expect(told(found).sort()).toEqual([
      'dev-requirements.txt:2 dev ruff',
      'docs_requirements.txt:1 docs sphinx',
      'requirements-gpu.txt:1 gpu torch',
      'requirements/base.txt:1 main numpy',
      'requirements/dev.txt:2 dev pytest',
    ]);
    expect(found.unclear).toEqual([]);
  });

  it('are decoded by their byte order mark, and end in any way', async () => {
    const utf16 = Buffer.from('\uFEFFstreamlit==1.30\r\nnumpy\r\n', 'utf16le');
    expect(told(await read({ 'requirements.txt': utf16 }))).toEqual([
      'requirements.txt:1 main streamlit==1.30',
      'requirements.txt:2 main numpy',
    ]);
    expect(told(await read({ 'requirements.txt': '\uFEFFnumpy' }))).toEqual(['requirements.txt:1 main numpy']);
  });

  it('expand variables in what they include, and survive files that include each other', async () => {
    const files = {
      'requirements.txt': '-r requirements.txt\n-r ${WHERE}/more.txt\n',
      'common/more.txt': 'numpy\n',
    };
    expect(told(await read(files, { WHERE: 'common' }))).toEqual(['common/more.txt:1 main numpy']);
  });

  it('never tell credentials', async () => {
    const files = {
      'requirements.txt': 'a @ https://${TOKEN}@example.org/a.zip\nb @ git+https://me:secret@example.org/b\n',
    };
    const found = await read(files, { TOKEN: 'secret' });
    expect(told(found)).toEqual([
      'requirements.txt:1 main a @ https://example.org/a.zip',
      'requirements.txt:2 main b @ git+https://example.org/b',
    ]);
    expect(JSON.stringify(found)).not.toContain('secret');
  });
});
