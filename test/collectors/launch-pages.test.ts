import { describe, expect, it } from 'vitest';
import { lookAt, rungsOf } from './launch-target.js';

const st = 'import streamlit as st\n';

describe('a dashboard whose health is fine and whose page is not', () => {
  it('raises on the first run', async () => {
    const { findings, launch } = await lookAt({
      'app.py': `${st}from core import show\nshow({})\n`,
      'core.py': `def show(metrics):
    try:
        return metrics['loss']
    except KeyError as error:
        raise ValueError('no loss in the metrics') from error
`,
      '.streamlit/config.toml': '[client]\nshowErrorDetails = "none"\n',
    });
    expect(rungsOf(launch)).toMatchObject({ healthy: 'ok', 'script-ran': 'ok', 'page-clean': 'failed' });
    expect(findings).toMatchObject([
      {
        code: 'script-raised',
        subject: 'app.py',
        message: 'app.py raised ValueError: no loss in the metrics at core.py:5 (show)',
        location: { file: 'core.py', line: 5 },
      },
    ]);
    const evidence = findings[0]?.evidence?.join('\n');
    expect(evidence).toContain("raise ValueError('no loss in the metrics') from error");
    expect(evidence).toContain("raised while handling KeyError: 'loss'");
  });

  it('does not parse', async () => {
    const { findings } = await lookAt({ 'app.py': `${st}st.write('a'\nst.write('b')\n` });
    expect(findings).toMatchObject([{ code: 'script-raised', location: { file: 'app.py', line: 2 } }]);
    expect(findings[0]?.message).toContain('SyntaxError');
    expect(findings[0]?.fix).toContain('compileall');
  });

  it('raises only for a connected client', async () => {
    const { findings } = await lookAt({
      'app.py': `${st}from streamlit.runtime.scriptrunner import get_script_run_ctx
if get_script_run_ctx() is not None:
    st.session_state.metrics['loss']
`,
    });
    expect(findings).toMatchObject([{ code: 'script-raised', subject: 'app.py' }]);
    expect(findings[0]?.fix).toContain('setdefault');
  });

  it('raises in a fragment in a tab and in an expander, each told, and shows an exception it caught', async () => {
    const { findings } = await lookAt({
      'app.py': `${st}
@st.fragment
def losses():
    raise RuntimeError('no losses')
st.exception(UserWarning('only a warning'))
left, right = st.tabs(['a', 'b'])
with right:
    try:
        1 / 0
    except ZeroDivisionError as error:
        st.exception(error)
with left, st.expander('more'):
    losses()
`,
    });
    expect(findings.map(({ code, subject, severity }) => [code, subject, severity])).toEqual([
      ['script-raised', 'app.py (UserWarning)', 'warning'],
      ['script-raised', 'app.py (losses)', undefined],
      ['script-raised', 'app.py (<module>)', undefined],
    ]);
  });

  it('has one bad page among good ones', async () => {
    const { findings, launch } = await lookAt({
      'app.py': `${st}st.write('home')\n`,
      'pages/1_Load_balance.py': `${st}st.write('fine')\n`,
      'pages/2_Expert_view.py': `${st}raise KeyError('expert_0')\n`,
    });
    expect(launch).toMatchObject({
      pages: [{ page: 'app.py' }, { page: 'pages/1_Load_balance.py' }, { page: 'pages/2_Expert_view.py' }],
    });
    expect(findings).toMatchObject([{ code: 'script-raised', subject: 'pages/2_Expert_view.py' }]);
  });

  it('announces its pages by st.navigation', async () => {
    const { findings } = await lookAt({
      'app.py': `${st}
def broken():
    raise ValueError('in a function page')
st.navigation([st.Page('home.py', default=True), st.Page('views/train.py'), st.Page(broken, url_path='broken')]).run()
`,
      'home.py': `${st}st.write('home')\n`,
      'views/train.py': `${st}import nowhere_to_be_found\n`,
    });
    expect(findings.map(({ code, subject }) => [code, subject])).toEqual([
      ['script-raised', 'views/train.py'],
      ['script-raised', '/broken'],
    ]);
    expect(findings[0]?.fix).toContain('Install the dependency');
  });

  it('hangs in its script: told with the line', async () => {
    const { findings, launch } = await lookAt(
      {
        'app.py': `${st}import loading\nst.write(loading.load())\n`,
        'loading.py': 'import time\ndef load():\n    time.sleep(600)\n',
      },
      { settings: { timeoutS: 5 } },
    );
    expect(findings).toMatchObject([
      { code: 'never-healthy', subject: 'app.py', location: { file: 'loading.py', line: 3 } },
    ]);
    expect(rungsOf(launch)).toMatchObject({ healthy: 'ok', 'script-ran': 'failed' });
  });

  it('leaves its script with sys.exit', async () => {
    const { findings } = await lookAt({ 'app.py': `${st}import sys\nsys.exit(3)\n` }, { settings: { timeoutS: 5 } });
    expect(findings).toMatchObject([{ code: 'never-healthy', subject: 'app.py' }]);
    expect(findings[0]?.message).toContain('sys.exit()');
  });
});

describe('the log', () => {
  it('calls the incident’s chain noise, once, and the dashboard passes', async () => {
    const { findings, notes } = await lookAt({
      'app.py': `${st}import logging
def look():
    try:
        raise RuntimeError('no running event loop')
    except RuntimeError:
        raise RuntimeError("Tried to instantiate class '__path__._path', but it does not exist! Ensure that it is registered via torch::class_")
for _ in range(3):
    try:
        look()
    except RuntimeError:
        logging.getLogger('watcher').exception('Examining the path of torch.classes raised:')
`,
    });
    expect(findings).toEqual([]);
    expect(notes.filter((note) => note.code === 'known-failure')).toMatchObject([
      { subject: 'st-torch-classes-watcher (noise)', severity: 'info' },
    ]);
  });

  it('warns of what a background thread draws without a context, and of a thread that died', async () => {
    const { findings, launch } = await lookAt({
      'app.py': `${st}import threading
def train():
    st.session_state['step'] = 1
    raise FloatingPointError('loss is NaN')
worker = threading.Thread(target=train, name='trainer')
worker.start()
worker.join()
st.write('training')
`,
    });
    expect(rungsOf(launch)).toMatchObject({ 'page-clean': 'ok', 'log-clean': 'failed' });
    expect(findings.map(({ code, subject, severity }) => [code, subject, severity])).toEqual([
      ['script-raised', 'thread trainer', 'warning'],
      ['known-failure', 'st-missing-scriptrunctx', 'warning'],
    ]);
    expect(findings[0]?.message).toContain('FloatingPointError: loss is NaN at app.py:5 (train)');
  });

  it('only warns of a failure that was caught, for the page came up', async () => {
    const { findings } = await lookAt({
      'app.py': `${st}import logging
try:
    import no_such_accelerator
except ImportError:
    logging.exception('no accelerator, going on without')
`,
    });
    expect(findings).toMatchObject([{ code: 'known-failure', subject: 'py-module-not-found', severity: 'warning' }]);
  });
});
