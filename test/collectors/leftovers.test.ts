import { createHash } from 'node:crypto';
import { symlink } from 'node:fs/promises';
import { createFixture } from 'fs-fixture';
import { describe, expect, it, onTestFinished } from 'vitest';
import { moeHub } from '../helpers/dashboards.js';
import { lookAround } from './environment-looks.js';

const page = 'import streamlit as st\nst.set_page_config()\n';
const loads = 'from transformers import AutoModel\nmodel = AutoModel.from_pretrained("me/model")\n';
const commit = 'a'.repeat(40);
const blob = createHash('sha256').update('x').digest('hex');

/** A machine: the dashboard in `app`, the user's home in `home`. */
async function machine(files: Record<string, string>) {
  const world = await createFixture(files);
  onTestFinished(() => world.rm());
  const home = world.getPath('home');
  const env = { HOME: home, HF_HOME: `${home}/hf`, HF_HUB_CACHE: `${home}/hf/hub` };
  return { world, look: async () => (await lookAround(world.getPath('app'), env)).leftovers };
}

describe('leftovers', () => {
  it('are none on a clean machine', async () => {
    await using home = await createFixture({ x: '' });
    const { leftovers } = await lookAround(moeHub, { HOME: home.path, HF_HOME: home.path });
    expect(leftovers).toEqual({ dashboards: [], bytecode: [], hubFiles: [], memos: [] });
  });

  it('are damaged files of what the code asks the Hub for, and of nothing else', async () => {
    const hub = 'home/hf/hub/models--me--model';
    const { world, look } = await machine({
      'app/app.py': page + loads,
      [`${hub}/refs/main`]: commit,
      [`${hub}/blobs/${blob}`]: 'not safetensors',
      [`${hub}/snapshots/${commit}/config.json`]: '{}',
      'home/hf/hub/models--other--model/snapshots/x/model.safetensors': '',
    });
    await symlink(`../../blobs/${blob}`, world.getPath(`${hub}/snapshots/${commit}/model.safetensors`));
    expect((await look()).hubFiles).toEqual([
      {
        file: world.getPath(`${hub}/snapshots/${commit}/model.safetensors`),
        state: 'truncated',
        bytes: 15,
        repo: 'me/model',
        excused: false,
      },
    ]);
  });

  it("are damaged results only of a dashboard that keeps some, and the user's config only of Streamlit", async () => {
    const left = { 'home/.streamlit/cache/f-1.memo': '', 'home/.streamlit/config.toml': '[server]\nport = 9000\n' };
    const keeping = await machine({ ...left, 'app/app.py': `${page}@st.cache_data(persist="disk")\ndef f(): ...\n` });
    expect(await keeping.look()).toMatchObject({
      memos: [{ state: 'empty' }],
      userConfig: { options: { 'server.port': '9000' } },
    });
    const not = await machine({ ...left, 'app/app.py': `${page}@st.cache_data\ndef f(): ...\n` });
    expect((await not.look()).memos).toEqual([]);
    const other = await machine({ ...left, 'app/app.py': 'print(1)\n' });
    expect(await other.look()).not.toHaveProperty('userConfig');
  });

  it('are bytecode beside the sources', async () => {
    const { look } = await machine({
      'app/app.py': page,
      'app/core/model.py': '',
      'app/core/old.pyc': 'x',
      'app/venv/pyvenv.cfg': '',
      'app/venv/y.pyc': '',
    });
    expect((await look()).bytecode).toEqual(['core/old.pyc']);
  });
});
