import { describe, expect, it } from 'vitest';
import { project } from './project-of.js';

describe('the entry of another framework', () => {
  const gradio = 'import gradio as gr\nwith gr.Blocks() as demo:\n    gr.Plot()\n';
  const guarded = 'if __name__ == "__main__":\n    demo.launch()\n';

  it.each<[string, Record<string, string>, { path: string; how: string } | undefined]>([
    [
      'that nothing imports',
      { 'app.py': gradio + guarded, 'train.py': `import torch\n${guarded}`, 'ui.py': 'import gradio\n' },
      { path: 'app.py', how: 'imports gradio, and nothing imports it' },
    ],
    [
      'that comes to it over a module',
      { 'main.py': `from board.server import build\napp = build()\napp.run()\n`, 'board/server.py': 'import dash\n' },
      { path: 'main.py', how: 'comes to dash, and nothing imports it' },
    ],
    ['but none that only defines', { 'ui.py': 'import gradio\ndef build(): pass\n' }, undefined],
    [
      'but none that imports a folder of its own under that name',
      { 'dash/__init__.py': '', 'app.py': `import dash\n${guarded}` },
      undefined,
    ],
    ['but none beside Streamlit', { 'app.py': gradio + guarded, 'lib.py': 'import streamlit\n' }, undefined],
  ])('is the script %s', async (_, files, entry) => {
    const found = await project(files);
    expect(found.entry).toEqual(entry);
    expect(found.framework).toBeUndefined();
    expect(found.port.how).toBe('lib.py' in files ? "Streamlit's default" : 'the default, as launch.port is not set');
  });
});
