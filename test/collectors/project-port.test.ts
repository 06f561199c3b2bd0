import { describe, expect, it } from 'vitest';
import type { Project } from '../../src/collectors/project.js';
import type { Settings } from '../../src/engine/types.js';
import { launch, page, project } from './project-of.js';

describe('the port', () => {
  const app = { 'app.py': page };
  const toml = (port: string) => `[server]\nport = ${port}\n`;

  it.each<[string, Record<string, string>, Partial<Settings>, Project['port']]>([
    [
      'the config',
      { '.streamlit/config.toml': toml('9') },
      launch({ port: 8600 }),
      { number: 8600, pinned: true, how: 'launch.port in the config' },
    ],
    [
      'its arguments',
      {},
      launch({ args: ['--server.port', '8601'] }),
      { number: 8601, pinned: true, how: 'launch.args in the config' },
    ],
    [
      'the run command',
      { Procfile: 'web: streamlit run app.py --server.port=8602' },
      {},
      { number: 8602, pinned: true, how: 'Procfile line 1: streamlit run app.py --server.port=8602' },
    ],
    [
      'not one inside a container',
      { Dockerfile: 'CMD streamlit run app.py --server.port=80' },
      {},
      { number: 8501, pinned: false, how: "Streamlit's default" },
    ],
    [
      'the environment',
      { '.streamlit/config.toml': toml('9') },
      launch({ env: { STREAMLIT_SERVER_PORT: '8603' } }),
      { number: 8603, pinned: true, how: 'STREAMLIT_SERVER_PORT' },
    ],
    [
      'config.toml',
      { '.streamlit/config.toml': toml('8604') },
      {},
      { number: 8604, pinned: true, how: '.streamlit/config.toml' },
    ],
    [
      'not a broken config.toml',
      { '.streamlit/config.toml': '[server\nport = 8604\n' },
      {},
      { number: 8501, pinned: false, how: "Streamlit's default" },
    ],
    [
      'not a config.toml without a number',
      { '.streamlit/config.toml': toml('"x"') },
      {},
      { number: 8501, pinned: false, how: "Streamlit's default" },
    ],
  ])('comes from %s', async (_, files, given, expected) => {
    expect((await project({ ...app, ...files }, given)).port).toEqual(expected);
  });

  it('comes from the config.toml beside the entry before that of the root', async () => {
    const files = {
      'dash/app.py': page,
      'dash/.streamlit/config.toml': toml('8605'),
      '.streamlit/config.toml': toml('8606'),
    };
    expect((await project(files)).port).toEqual({ number: 8605, pinned: true, how: 'dash/.streamlit/config.toml' });
  });
});
