import { describe, expect, it } from 'vitest';
import type { PythonException } from '../../src/collectors/imports.js';
import { assertLaunchable } from '../../src/collectors/launch/plan.js';
import type { Artifacts } from '../../src/engine/types.js';
import { lookAt, projectOf, settingsFor } from './launch-target.js';

const st = 'import streamlit as st\n';

describe('a dashboard of which nobody knows how it is started', () => {
  const { entry, framework: _, ...bare } = projectOf('/dash', ['app.py']);
  const settings = settingsFor('/dash');

  it('cannot be looked at, and what to configure is said', () => {
    expect(() => assertLaunchable(settings, { ...bare, ...(entry === undefined ? {} : { entry }) })).toThrow(
      expect.objectContaining({
        name: 'CannotLook',
        message: 'app.py is no Streamlit script',
        fix: expect.stringContaining('launch.command and launch.health'),
      }),
    );
    expect(() => assertLaunchable(settings, { ...bare, whyNoEntry: 'a.py and b.py both draw' })).toThrow(
      expect.objectContaining({
        name: 'CannotLook',
        message: 'no entry script was found: a.py and b.py both draw',
        fix: expect.stringContaining('moe-check preflight path/to/app.py, or "entry" in the config'),
      }),
    );
  });

  it('can be, by a command', () => {
    expect(() => assertLaunchable(settingsFor('/dash', { command: ['gradio', 'app.py'] }), bare)).not.toThrow();
  });
});

describe('an entry script that earlier looks have shown broken', () => {
  const files = { 'app.py': `${st}` };
  const compiled = (status: 'ok' | 'syntax-error') => ({
    python: '3.11.7',
    files: [{ path: 'app.py', status, warnings: [] }],
  });
  const missing = { type: 'ModuleNotFoundError', message: "No module named 'cv2'", name: 'cv2', stack: [] };
  const imported = (path: string, exception: PythonException = missing): Artifacts['imports'] => ({
    python: '3.11.7',
    isolation: 'fork',
    preloaded: [],
    symbols: [],
    modules: [
      {
        module: path,
        path,
        wholeModule: false,
        reachable: true,
        status: 'error',
        durationMs: 1,
        exceptions: [exception],
        stack: [],
        output: [],
      },
    ],
  });

  it('is not launched to say it again', async () => {
    await expect(lookAt(files, { artifacts: { compilation: compiled('syntax-error') } })).rejects.toThrow(
      /app\.py does not compile/,
    );
    await expect(lookAt(files, { artifacts: { imports: imported('app.py') } })).rejects.toThrow(/incident\/import/);
  });

  it('is not launched either when its imports stumble over a file that does not compile', async () => {
    const error = { type: 'SyntaxError', message: 'invalid syntax', path: 'core.py', line: 1, stack: [] };
    const compilation = {
      python: '3.11.7',
      files: [{ path: 'core.py', status: 'syntax-error' as const, warnings: [] }],
    };
    const artifacts = { compilation, imports: imported('app.py', error) };
    await expect(lookAt({ ...files, 'core.py': '(' }, { artifacts })).rejects.toThrow(/core\.py does not compile/);
  });

  it('is launched when only another module is broken', async () => {
    const { findings } = await lookAt(files, {
      artifacts: { compilation: compiled('ok'), imports: imported('other.py') },
    });
    expect(findings).toEqual([]);
  });

  it.each([
    { type: 'KeyError', message: "'MOE_HOME'", stack: [] },
    {
      type: 'AttributeError',
      message: 'st.session_state has no attribute "cfg". Did you forget to initialize it?',
      stack: [],
    },
    { type: 'FileNotFoundError', message: "[Errno 2] No such file or directory: 'config.yaml'", stack: [] },
  ])('is launched when it is only $type that its imports raise', async (exception) => {
    const { findings } = await lookAt(files, { artifacts: { imports: imported('app.py', exception) } });
    expect(findings).toEqual([]);
  });
});
