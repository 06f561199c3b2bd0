import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { fabricatedPlotsCollector, type FabricatedPlots } from '../../src/collectors/fabricated-plots.js';
import { filesCollector } from '../../src/collectors/files.js';
import { projectCollector } from '../../src/collectors/project.js';
import { sourceCollector } from '../../src/collectors/source.js';
import { validatorOf } from '../../src/util/json-schema.js';
import { settings as plain } from '../engine/stand-ins.js';
import { applyVariant, buildHistory, git, moeHub } from '../helpers/dashboards.js';

async function look(root: string): Promise<FabricatedPlots> {
  const settings = { ...plain, root };
  const { signal } = new AbortController();
  const files = await filesCollector.collect({ settings, signal, artifacts: {} });
  const source = await sourceCollector.collect({ settings, signal, artifacts: { files } });
  const project = await projectCollector.collect({ settings, signal, artifacts: { files, source } });
  const found = await fabricatedPlotsCollector.collect({ settings, signal, artifacts: { source, project } });
  const isArtifact = await validatorOf('artifacts/fabricated-plots');
  expect(isArtifact(found)).toBe(true);
  return found;
}

const random = 'import numpy as np\nimport streamlit as st\n\nst.line_chart(np.random.randn(20))\n';

test('looks at what the entry and its pages reach, and at nothing else', async () => {
  await using fixture = await createFixture({
    'app.py': `import streamlit as st\nfrom charts import draw\nst.set_page_config()\ndraw()\n`,
    'charts.py':
      'import random\nimport streamlit as st\n\ndef draw():\n    st.bar_chart([random.random() for _ in range(8)])\n',
    'pages/losses.py': random,
    'gallery.py': random,
    'tests/test_charts.py': random,
    'test_more.py': random,
  });
  const { plots, files } = await look(fixture.path);
  expect(files).toBe(3);
  expect(plots.map(({ source: { file, line } }) => `${file}:${line}`).sort()).toEqual([
    'charts.py:5',
    'pages/losses.py:4',
  ]);
});

test('looks at what a job imports under the handler of whatever goes wrong in it', async () => {
  const job =
    'def run():\n    try:\n        from charts import draw\n        draw()\n    except Exception as e:\n        print(e)\n';
  await using fixture = await createFixture({
    'app.py': `import streamlit as st\nst.set_page_config()\n${job}run()\n`,
    'charts.py': `${random}def draw(): pass\n`,
    'gallery.py': random,
  });
  const { plots } = await look(fixture.path);
  expect(plots.map(({ source: { file } }) => file)).toEqual(['charts.py']);
});

test('looks at what a module shows unless it is the one that is started', async () => {
  const block = 'if __name__ != "__main__":\n    st.line_chart(np.random.randn(20))\n';
  await using fixture = await createFixture({
    'app.py': 'import streamlit as st\nimport charts\nst.title("x")\n',
    'charts.py': `import numpy as np\nimport streamlit as st\n${block}`,
  });
  const { plots } = await look(fixture.path);
  expect(plots.map(({ source: { file, line } }) => `${file}:${line}`)).toEqual(['charts.py:4']);
});

test('leaves out what the main block of a module shows, and nothing of what its functions show', async () => {
  const imports = 'import numpy as np\nimport streamlit as st\n';
  const shown = 'st.line_chart(np.random.randn(20))\n';
  const main = 'if __name__ == "__main__":\n    ';
  await using fixture = await createFixture({
    'app.py': `${imports}from charts import draw\nfrom more import show\ndraw()\nshow()\n${main}${shown}`,
    'charts.py': `${imports}def draw():\n    ${shown}${main}draw()\n    ${shown}`,
    'more.py': `${imports}def demo():\n    ${shown}def show(): pass\n${main}demo()\n`,
  });
  const { plots } = await look(fixture.path);
  expect(plots.map(({ source: { file, line } }) => `${file}:${line}`).sort()).toEqual(['app.py:8', 'charts.py:4']);
});

test('says where the numbers are made, how they get to the chart, and which one it is', async () => {
  await using dashboard = await applyVariant('saturation-drawn-at-random');
  expect((await look(dashboard.folder)).plots).toEqual([
    {
      kind: 'random',
      source: {
        file: 'components/live_graph.py',
        line: 152,
        column: 14,
        text: 'levels = np.random.uniform(0.2, 0.8, len(steps))',
        function: 'plot_saturation',
      },
      way: [
        {
          file: 'components/live_graph.py',
          line: 153,
          text: '_add_line(figure, steps, levels, "saturation", EXPERT_COLORS[3])',
        },
      ],
      shows: [
        {
          file: 'components/live_graph.py',
          line: 216,
          text: 'figure.add_scatter(x=steps, y=values, mode="lines", name=name, line={"color": color, "dash": dash})',
          what: 'chart',
          by: 'figure.add_scatter',
          function: '_add_line',
        },
      ],
      reached: 1,
      isFallback: false,
    },
  ]);
});

describe('the demo dashboard', () => {
  it('shows nothing that it has not measured', async () => {
    expect(await look(moeHub)).toEqual({ plots: [], files: 15 });
  });

  it('never did, at any commit of its history', { timeout: 60_000 }, async () => {
    const history = await buildHistory();
    onTestFinished(() => history.remove());
    for (const commit of history.commits) {
      const folder = path.join(history.folder, '..', commit);
      await git(history.folder, ['worktree', 'add', '--quiet', '--detach', folder, commit]);
      const { plots } = await look(folder);
      expect({ commit, plots }).toEqual({ commit, plots: [] });
    }
  });
});
