import { createFixture } from 'fs-fixture';
import { describe, expect, it, onTestFinished } from 'vitest';
import { filesCollector } from '../../src/collectors/files.js';
import { plotListsCollector } from '../../src/collectors/plot-lists.js';
import { plotsCollector } from '../../src/collectors/plots.js';
import { projectCollector } from '../../src/collectors/project.js';
import { sourceCollector } from '../../src/collectors/source.js';
import type { Settings } from '../../src/engine/types.js';
import { validatorOf } from '../../src/util/json-schema.js';
import { settings as plain } from '../engine/stand-ins.js';
import { pythons } from '../pythons.js';

const executable = pythons[0]?.executable ?? '';
const interpreter = { executable, version: '', implementation: '', platform: '', how: '', distributions: {} };

/** What the list function of `plots.py` answers; what is collected is held against the schemas. */
async function asked(files: Record<string, string>, plots: Partial<Settings['plots']> = {}, timeoutS = 20) {
  const entry = { 'app.py': 'import streamlit as st\nimport plots\nst.set_page_config()\n' };
  const fixture = await createFixture({ ...entry, ...files });
  onTestFinished(() => fixture.rm());
  const signal = new AbortController().signal;
  const settings = {
    ...plain,
    root: fixture.path,
    imports: { timeoutS },
    plots: { list: 'plots:available', overrides: {}, ...plots },
  };
  const found = await filesCollector.collect({ settings, signal, artifacts: {} });
  const source = await sourceCollector.collect({ settings, signal, artifacts: { files: found } });
  const project = await projectCollector.collect({ settings, signal, artifacts: { files: found, source } });
  const artifacts = { source, project, interpreter };
  const read = await plotsCollector.collect({ settings, signal, artifacts });
  expect((await validatorOf('artifacts/plots'))(read)).toBe(true);
  const lists = await plotListsCollector.collect({ settings, signal, artifacts: { ...artifacts, plots: read } });
  expect((await validatorOf('artifacts/plot-lists'))(lists)).toBe(true);
  return lists;
}

const config = `
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal
class Mode(Enum):
    GNN = "gnn"
    GHOST = "ghost"
@dataclass
class Ghosts:
    number: int = 2
@dataclass
class Config:
    mode: Mode = Mode.GNN
    training: Literal["standard", "geometric"] = "standard"
    ghosts: Ghosts = field(default_factory=Ghosts)
    def __post_init__(self):
        if self.mode is Mode.GHOST and self.training == "standard":
            raise ValueError("ghosts are trained geometrically")
`;

describe('the plot-list function', () => {
  it('is asked for every combination, with enums, what is printed kept apart, and refusals told', async () => {
    const lists = await asked({
      'config.py': config,
      'plots.py': `
from config import Config, Mode
print("imported")
def available(config: Config):
    print("asked for", config.mode.name)
    return ["Loss"] + (["Ghosts"] if config.mode is Mode.GHOST else []) + [config.training]
`,
    });
    expect(lists.answers).toMatchObject([
      { combination: 'gnn, standard', status: 'ok', plots: ['Loss', 'standard'] },
      { combination: 'gnn, geometric', status: 'ok', plots: ['Loss', 'geometric'] },
      { combination: 'ghost, standard', status: 'rejected', why: 'ValueError: ghosts are trained geometrically' },
      { combination: 'ghost, geometric', status: 'ok', plots: ['Loss', 'Ghosts', 'geometric'] },
    ]);
    expect(lists.output).toEqual(['imported', 'asked for GNN', 'asked for GNN', 'asked for GHOST']);
  });

  it('is asked with what the config of moe-check overrides, in objects too', async () => {
    const plots = { combinations: [{ training: 'geometric' }], overrides: { 'ghosts.number': 5 } };
    const source =
      'from config import Config\ndef available(config: Config):\n    return [f"{config.ghosts.number}"]\n';
    const lists = await asked({ 'config.py': config, 'plots.py': source }, plots);
    expect(lists.answers).toMatchObject([{ combination: 'geometric', plots: ['5'] }]);
  });

  it('is asked by parameters where it takes no config, and with nothing where it takes none', async () => {
    const factors = { mode: ['gnn', 'ghost'] };
    const byName = await asked({ 'plots.py': 'def available(mode):\n    return [mode]\n' }, { factors });
    expect(byName.answers).toMatchObject([{ plots: ['gnn'] }, { plots: ['ghost'] }]);
    const asDict = await asked({ 'plots.py': 'def available(config):\n    return [config["mode"]]\n' }, { factors });
    expect(asDict.answers).toMatchObject([{ plots: ['gnn'] }, { plots: ['ghost'] }]);
    const plain = await asked({ 'plots.py': 'def available():\n    return {"Loss": 1}\n' });
    expect(plain.answers).toMatchObject([{ combination: 'the only configuration', plots: ['Loss'] }]);
  });

  it('may be a method', async () => {
    const source =
      'class Graphs:\n    def __init__(self):\n        self.plots = ["Loss"]\n    def available(self, mode):\n        return self.plots + [mode]\n';
    const lists = await asked({ 'plots.py': source }, { list: 'plots:Graphs.available', factors: { mode: ['a'] } });
    expect(lists.answers).toMatchObject([{ plots: ['Loss', 'a'] }]);
  });

  it('that raises, hangs, exits, dies or gives no list spoils only that answer', { timeout: 60_000 }, async () => {
    const source = `
import os, sys, time
def available(mode):
    if mode == "raises":
        return {}["missing"]
    if mode == "hangs":
        time.sleep(600)
    if mode == "exits":
        sys.exit(3)
    if mode == "dies":
        os._exit(9)
    if mode == "nothing":
        return None
    if mode == "numbers":
        return [1, 2]
    return ["Loss"]
`;
    const modes = ['fine', 'raises', 'exits', 'nothing', 'hangs', 'numbers', 'dies', 'last'];
    const lists = await asked({ 'plots.py': source }, { factors: { mode: modes } }, 3);
    expect(lists.answers).toMatchObject([
      { status: 'ok' },
      {
        status: 'failed',
        why: "KeyError: 'missing'",
        place: { path: 'plots.py', line: 5, text: 'return {}["missing"]' },
      },
      { status: 'failed', why: 'SystemExit: 3' },
      { status: 'failed', why: expect.stringContaining('not iterable') },
      { status: 'failed', why: 'it did not answer within 3 s', place: { line: 7 } },
      { status: 'failed', why: 'it gives a list, which is no list of texts' },
      { status: 'failed', why: 'the interpreter exited with code 9' },
      { status: 'ok', plots: ['Loss'] },
    ]);
  });

  it('is found where only the entry script leads to', async () => {
    const lists = await asked({
      'app.py':
        'import os, sys\nsys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))\nimport streamlit as st\nst.set_page_config()\n',
      'lib/plots.py': 'def available():\n    return ["Loss"]\n',
    });
    expect(lists.answers).toMatchObject([{ status: 'ok', plots: ['Loss'] }]);
  });

  it.each([
    ['plots:nothing', "plots:nothing could not be asked: AttributeError: module 'plots' has no attribute 'nothing'"],
    ['nowhere:available', "nowhere:available could not be asked: ModuleNotFoundError: No module named 'nowhere'"],
  ])('that the config names and that is not there is an error: %s', async (list, message) => {
    await expect(asked({ 'plots.py': 'def available():\n    return []\n' }, { list })).rejects.toThrow(message);
  });

  it('cannot be asked without what it takes', async () => {
    const source = 'def available(config):\n    return ["Loss"]\n';
    await expect(asked({ 'plots.py': source })).rejects.toThrow('it takes config, and what that is was not found');
  });

  it('must be able to be what the pinned matrix says', async () => {
    const source = 'def available(mode):\n    return ["Loss"]\n';
    const plots = { factors: { mode: ['gnn', 'ghost'] }, expected: { Loss: { mode: 'gohst' } } };
    await expect(asked({ 'plots.py': source }, plots)).rejects.toThrow('did you mean "ghost"?');
    const wrongFactor = { ...plots, expected: { Loss: { mdoe: 'ghost' } } };
    await expect(asked({ 'plots.py': source }, wrongFactor)).rejects.toThrow(
      'says "mdoe" of Loss, which no combination has; did you mean "mode"?',
    );
  });
});
