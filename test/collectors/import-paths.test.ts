import { createFixture } from 'fs-fixture';
import { describe, expect, it, onTestFinished } from 'vitest';
import { importsCollector } from '../../src/collectors/imports.js';
import { filesCollector } from '../../src/collectors/files.js';
import { projectCollector } from '../../src/collectors/project.js';
import { sourceCollector } from '../../src/collectors/source.js';
import { judgeImports } from '../../src/imports/judge.js';
import type { Settings } from '../../src/engine/types.js';
import { resolveImports } from '../../src/source/modules/resolve-imports.js';
import { settings as plain } from '../engine/stand-ins.js';
import { pythons } from '../pythons.js';

/** Codes and subjects of what is said about the imports of a dashboard, by the text alone and by the interpreter. */
async function said(executable: string, files: Record<string, string>, launch: Partial<Settings['launch']> = {}) {
  const fixture = await createFixture(files);
  onTestFinished(() => fixture.rm());
  const settings = { ...plain, root: fixture.path, imports: { timeoutS: 4 }, launch: { ...plain.launch, ...launch } };
  const { signal } = new AbortController();
  const found = await filesCollector.collect({ settings, signal, artifacts: {} });
  const source = await sourceCollector.collect({ settings, signal, artifacts: { files: found } });
  const project = await projectCollector.collect({ settings, signal, artifacts: { files: found, source } });
  const interpreter = { executable, version: '', implementation: '', platform: '', how: '', distributions: {} };
  const imports = await importsCollector.collect({ settings, signal, artifacts: { project, source, interpreter } });
  const broken = resolveImports({ files: source.files, project, unread: [] });
  const judged = judgeImports({ imports, broken, project });
  return judged.map(({ code, subject }) => `${code} ${subject}`);
}

const st = 'import streamlit as st\nst.set_page_config()\n';
/** Stands for the installed package, for Pythons that have none. */
const streamlit = { 'app/streamlit.py': 'def set_page_config(): pass\n' };
const core = {
  'core/model.py': 'from core.util import NAME\nfrom .util import NAME as AGAIN\nclass Model: pass\n',
  'core/util.py': 'NAME = 1\n',
};
const usesCore = 'from core.model import Model\n';
const hack = 'import os, sys\nROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))\n';

for (const { version, executable = '' } of pythons) {
  describe.skipIf(executable === '')(`with Python ${version}, what the entry does holds for what it imports:`, () => {
    it.each<[string, Record<string, string>, Partial<Settings['launch']>?]>([
      ['sys.path.insert', { 'app/main.py': `${hack}sys.path.insert(0, ROOT)\n${usesCore}${st}`, ...core }],
      [
        'a function that is called',
        {
          'app/main.py': `${hack}def set_up(root: str = ROOT) -> None:\n    """The root."""\n    if root not in sys.path:\n        sys.path.insert(0, root)\nset_up()\n${usesCore}${st}`,
          ...core,
        },
      ],
      [
        'a loop',
        { 'app/main.py': `${hack}for each in (ROOT,):\n    sys.path.append(each)\n${usesCore}${st}`, ...core },
      ],
      [
        'a way that is not understood',
        { 'app/main.py': `${hack}sys.path.extend(set(p for p in [ROOT]))\n${usesCore}${st}`, ...core },
      ],
      [
        'pages that are imported by their path',
        {
          'app/main.py': `import sys\nfrom pathlib import Path\nsys.path.append(str(Path(__file__).parent / "src"))\n${st}st.navigation([st.Page("views/load.py")])\n`,
          'app/views/load.py': 'from pkg.model import Model\n',
          'app/src/pkg/__init__.py': '',
          'app/src/pkg/model.py': 'from pkg.util import NAME\nclass Model: pass\n',
          'app/src/pkg/util.py': 'NAME = 1\n',
        },
      ],
      [
        'os.environ',
        {
          'app/main.py': `import os\nos.environ["MOE_X"] = "1"\nfrom settings import X\n${st}`,
          'app/settings.py': 'import os\nX = os.environ["MOE_X"]\n',
        },
      ],
      [
        'load_dotenv',
        {
          'app/main.py': `from dotenv import load_dotenv\nload_dotenv(override=True)\nfrom settings import X\n${st}`,
          'app/settings.py': 'import os\nX = os.environ["MOE_X"]\n',
          'app/dotenv.py': 'import os\ndef load_dotenv(override=False):\n    os.environ["MOE_X"] = "1"\n',
        },
      ],
      [
        'the environment of the config',
        {
          'app/main.py': `from settings import X\n${st}`,
          'app/settings.py': 'import os\nX = int(os.environ["MOE_PORT"])\n',
        },
        { env: { MOE_PORT: '{port}' } },
      ],
      [
        'the working folder, by python -m',
        { 'app/main.py': usesCore + st, ...core, 'README.md': '```\npython -m streamlit run app/main.py\n```\n' },
      ],
    ])('%s', async (_, files, launch) => {
      expect(await said(executable, { ...streamlit, ...files }, launch)).toEqual([]);
    });

    it('does not have the working folder where the streamlit program is run', async () => {
      const files = { 'app/main.py': usesCore + st, ...core, Procfile: 'web: streamlit run app/main.py\n' };
      const [first] = await said(executable, { ...streamlit, ...files });
      expect(first).toMatch(/^module-missing core/);
    });

    it('keeps what was done before an import that fails or hangs', async () => {
      const late = { 'core/late.py': 'from core.util import NAME\n' };
      const start = `${hack}sys.path.insert(0, ROOT)\n`;
      const fails = { 'app/main.py': `${start}import no_such\n${usesCore}import core.late\n${st}`, ...core, ...late };
      expect(await said(executable, { ...streamlit, ...fails })).toEqual([expect.stringContaining('no_such')]);
      const hangs = {
        'app/main.py': `${start}import slow\n${usesCore}import core.late\n${st}`,
        ...core,
        ...late,
        'app/slow.py': 'while True: pass\n',
      };
      expect(await said(executable, { ...streamlit, ...hangs })).toEqual([expect.stringContaining('slow')]);
    });
  });
}
