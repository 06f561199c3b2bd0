import { describe, expect, it } from 'vitest';
import { unsetState } from '../../../src/source/session/unset-state.js';
import { inferenceOf, type Sources } from '../values/inference-of.js';

const st = 'import streamlit as st\n';

async function unset(sources: Sources): Promise<string[]> {
  const all = typeof sources === 'string' ? st + sources : sources;
  return unsetState(await inferenceOf(all)).map(
    ({ line, key, nearest }) => `${line} ${key}${nearest === undefined ? '' : ` (${nearest})`}`,
  );
}

describe('a key of the session state that nothing stores is told', () => {
  it.each<[name: string, sources: Sources, told: string[]]>([
    ['as an attribute', 'st.session_state.window = 3\nst.write(st.session_state.windw)\n', ['3 windw (window)']],
    ['in brackets', 'st.session_state["runs"] = []\nst.write(st.session_state["run_list"])\n', ['3 run_list (runs)']],
    ['before it is first added to', 'st.session_state.step += 1\n', ['2 step']],
    [
      'where a loop stores the defaults',
      'for key, value in {"runs": [], "step": 0}.items():\n    if key not in st.session_state:\n        st.session_state[key] = value\nst.write(st.session_state.steps)\n',
      ['5 steps (step)'],
    ],
    [
      'beside the keys of widgets, defaults and updates',
      'st.slider("a", key="alpha")\nst.session_state.setdefault("beta", 1)\nst.session_state.update({"gamma": 1}, delta=2)\nst.session_state.__setitem__("eps", 1)\ns = st.session_state\nst.write(s.alpha, s.beta, s.gamma, s.delta, s.eps, s.zeta)\n',
      ['7 zeta (beta)'],
    ],
    [
      'on another page',
      { 'app.py': `${st}st.session_state.a = 1\n`, 'pages/b.py': `${st}st.session_state.nowhere\n` },
      ['2 nowhere'],
    ],
    [
      'imported by name',
      'from streamlit import session_state as state\nstate.a = 1\nprint(state.nowhere)\n',
      ['4 nowhere'],
    ],
    [
      'beside composed keys',
      'for i in range(3): st.button("x", key=f"run_{i}")\nst.write(st.session_state.chosen)\n',
      ['3 chosen'],
    ],
    [
      'beside functions that compare',
      'st.session_state.a = sorted([], key=len)\nst.write(st.session_state.nowhere)\n',
      ['3 nowhere'],
    ],
    [
      'where all keys are deleted',
      'for k in list(st.session_state.keys()): del st.session_state[k]\nst.session_state.nowhere\n',
      ['3 nowhere'],
    ],
  ])('%s', async (_, sources, told) => expect(await unset(sources)).toEqual(told));
});

describe('nothing is told', () => {
  const read = 'st.write(st.session_state.chosen)\n';
  it.each<[name: string, sources: Sources]>([
    [
      'the widgets of other packages',
      'from code_editor import code_editor\ncode_editor("x", key="editor")\nst.write(st.session_state["editor"])\n',
    ],
    [
      'keys in their place among the arguments',
      'GO = "go"\nst.sidebar.selectbox("x", [1], 0, str, GO)\nst.button("Next", f"next_{GO}")\nst.write(st.session_state["go"], st.session_state["next_1"])\n',
    ],
    ['keys among options', 'st.button("Go", **{"key": "go"})\nst.write(st.session_state["go"])\n'],
    [
      'of what is stored somewhere',
      { 'app.py': st + read, 'lib/state.py': `${st}def init(): st.session_state["chosen"] = 1\n` },
    ],
    ['of what a widget keeps', `st.selectbox("Run", [], key="chosen")\n${read}`],
    ['of what a widget is given as the fourth', `st.text_input("Run", "", 20, "chosen")\n${read}`],
    ['of a widget in a column', `a, b = st.columns(2)\na.selectbox("Run", [], key="chosen")\n${read}`],
    ['of composed keys', `st.selectbox("Run", [], key=f"cho{st.x}")\n${read}`],
    ['of what is tested for', `if "chosen" in st.session_state: ${read}`],
    ['of what is tested for with hasattr', `if hasattr(st.session_state, "chosen"): ${read}`],
    ['of what has a default', `if st.session_state.get("chosen"): ${read}`],
    ['of what is tried', `try:\n    ${read}except (AttributeError, KeyError):\n    pass\n`],
    ['where keys are not known', `for key in st.query_params: st.session_state[key] = 1\n${read}`],
    [
      'where the key of a widget is not known',
      `def pick(name): st.selectbox("Run", [], key=name)\npick(st.query_params["k"])\n${read}`,
    ],
    ['where a widget gets options', `opts = load()\nst.selectbox("Run", [], **opts)\n${read}`],
    ['where it is handed on', `from store import restore\nrestore(st.session_state)\n${read}`],
    ['where it is kept', `class Page:\n    def __init__(self): self.state = st.session_state\n${read}`],
    ['where it is updated with something unknown', `st.session_state.update(load())\n${read}`],
    ['where a callback updates it', `st.button("x", on_click=st.session_state.update, args=({"chosen": 1},))\n${read}`],
    ['where a callback sets it', `st.button("x", on_click=setattr, args=(st.session_state, "chosen", 1))\n${read}`],
    ['where setattr sets it', `setattr(st.session_state, "chosen", 1)\n${read}`],
    ['where a component stores what it likes', `import streamlit_authenticator as stauth\n${read}`],
    ['where a file is not understood', { 'app.py': st + read, 'lib.py': 'def broken(:\n' }],
    ['where history is kept there', `from langchain_community.chat import StreamlitChatMessageHistory\n${read}`],
    ['of what is tested for among its keys', `if "chosen" in list(st.session_state.keys()): ${read}`],
    [
      'of what a callback stores',
      `st.button("x", on_click=lambda: st.session_state.__setitem__("chosen", 1))\n${read}`,
    ],
    ['of the button of a form', 'st.session_state.a = 1\nst.write(st.session_state["FormSubmitter:options-Save"])\n'],
    [
      'of what another file stores under another name of it',
      {
        'state.py': `${st}state = st.session_state\n`,
        'a.py': 'from state import state as kept\nkept.chosen = 1\n',
        'b.py': 'import state\nstate.state.more = 1\n',
        'app.py': `${st}${read}st.write(st.session_state.more)\n`,
      },
    ],
    ['where something unknown of that name may be it', `load().session_state.chosen = 1\n${read}`],
    ['where a parameter of its name may be it', `state = st.session_state\ndef fill(state): state.chosen = 1\n${read}`],
    ['of its methods', 'st.session_state.to_dict()\nst.session_state.clear()\nfor k in st.session_state: print(k)\n'],
    ['of something else of that name', 'session_state = load()\nsession_state.nowhere\napp.session_state.nowhere\n'],
  ])('%s', async (_, sources) => expect(await unset(sources)).toEqual([]));
});
