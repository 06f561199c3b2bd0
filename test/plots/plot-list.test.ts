import { describe, expect, it } from 'vitest';
import { plotsIn, renderers } from './read.js';

const draw = `${renderers('plot_loss', 'plot_load')}
RENDERERS = {"Loss": plot_loss, "Load": plot_load}
`;
const app = 'from plots import available, RENDERERS\nfor plot in available(config):\n    RENDERERS[plot](data)\n';

/** The factors of the config class, as the sources show them. */
function factorsOf(config: string, reads = 'mode'): string[] {
  const { list } = plotsIn({
    'config.py': config,
    'plots.py': `from config import Config\n${draw}\ndef available(config: Config):\n    print(config.${reads})\n    return ["Loss", "Load"]\n`,
    'app.py': app,
  });
  return (list?.factors ?? []).map(({ name, values, how }) => `${name}: ${values.join(' ')} (${how})`);
}

describe('the plot-list function', () => {
  it('is found by what it returns and where that is told apart, with the class it takes', () => {
    const sources = plotsIn({
      'config.py': 'class Config:\n    mode: str = "gnn"\n',
      'plots.py': `${draw}\ndef available(config):\n    return ["Loss", "Load"]\n`,
      'app.py': `from config import Config\nconfig = Config()\n${app}`,
    });
    expect(sources.list).toMatchObject({ function: 'plots:available', config: 'config:Config', group: 0, factors: [] });
  });

  it('is the outer one of two, where one adds to the other', () => {
    const source = `${draw}\ndef basic():\n    return ["Loss"]\ndef available(config):\n    return basic() + ["Load"]\n`;
    expect(plotsIn({ 'plots.py': source, 'app.py': app }).list?.function).toBe('plots:available');
  });

  it('is not guessed where there are several, or where it cannot be imported', () => {
    const two = `${draw}\ndef available(config):\n    return ["Loss", "Load"]\ndef plots_of_yesterday():\n    return ["Loss", "Load"]\n`;
    const several = plotsIn({ 'plots.py': two, 'app.py': app });
    expect(several.list).toBeUndefined();
    expect(several.whyNoList).toBe(
      'several functions give lists of plots (available in plots.py, plots_of_yesterday in plots.py); name one with plots.list',
    );
    expect(plotsIn({ 'plots.py': two, 'app.py': app }, { list: 'plots:available' }).list).toMatchObject({ group: 0 });
    const inEntry = plotsIn({
      'app.py': `${draw}\ndef available():\n    return ["Loss", "Load"]\nfor plot in available():\n    RENDERERS[plot](data)\n`,
    });
    expect(inEntry.whyNoList).toContain('app.py, which cannot be imported without running it');
  });

  it('says what it cannot be asked without', () => {
    const source = `${draw}\ndef available(config):\n    return ["Loss", "Load"]\n`;
    expect(plotsIn({ 'plots.py': source, 'app.py': app }).list?.whyNotAsked).toContain('it takes config');
  });
});

describe('the factors of a config class', () => {
  it.each([
    [
      'a tuple beside it',
      'MODES = ("gnn", "ghost")\nclass Config:\n    mode: str = "gnn"\n',
      ['mode: gnn ghost (MODES in config.py)'],
    ],
    [
      'a tuple under another name, imported',
      'VALID_MODES = ["gnn", "ghost"]\nclass Config:\n    mode: str = field(default="gnn")\n',
      ['mode: gnn ghost (VALID_MODES in config.py)'],
    ],
    [
      'a Literal',
      'from typing import Literal\nclass Config:\n    mode: Literal["gnn", "ghost"] = "gnn"\n',
      ['mode: gnn ghost (its annotation in config.py)'],
    ],
    [
      'a Literal behind a name',
      'from typing import Literal\nMode = Literal["gnn", "ghost"]\nclass Config:\n    mode: Mode = "gnn"\n',
      ['mode: gnn ghost (its annotation in config.py)'],
    ],
    [
      'a Literal behind a type statement',
      'from typing import Literal\ntype Mode = Literal["gnn", "ghost"]\nclass Config:\n    mode: Mode = "gnn"\n',
      ['mode: gnn ghost (its annotation in config.py)'],
    ],
    [
      'a Literal that may be left out',
      'from typing import Literal, Optional\nclass Config:\n    mode: Optional[Literal["gnn", "ghost"]] = None\n',
      ['mode: gnn ghost (its annotation in config.py)'],
    ],
    [
      'Literals together, with a comment of pydantic',
      'from typing import Annotated, Literal, Union\nSmall = Literal["gnn"]\nclass Config:\n    mode: Annotated[Union[Small, Literal["ghost", None]] | None, "how"] = None\n',
      ['mode: gnn ghost (its annotation in config.py)'],
    ],
    [
      'an enum, with values that are texts or not',
      'from enum import Enum, auto\nclass Mode(Enum):\n    GNN = "gnn"\n    GHOST = auto()\nclass Config:\n    mode: Mode = Mode.GNN\n',
      ['mode: gnn GHOST (the enum Mode in config.py)'],
    ],
    [
      'a field of a base class',
      'from typing import Literal\nclass Base:\n    mode: Literal["a", "b"] = "a"\nclass Config(Base):\n    size: int = 3\n',
      ['mode: a b (its annotation in config.py)'],
    ],
    [
      'a parameter of __init__',
      'from typing import Literal\nclass Config:\n    def __init__(self, mode: Literal["a", "b"] = "a"):\n        self.mode = mode\n',
      ['mode: a b (its annotation in config.py)'],
    ],
  ])('are found: %s', (_, config, expected) => {
    expect(factorsOf(config)).toEqual(expected);
  });

  it.each([
    ['a tuple that lacks the default', 'MODES = ("gnn", "ghost")\nclass Config:\n    mode: str = "other"\n'],
    ['a tuple that is no choice', 'MODES = (1, 2)\nclass Config:\n    mode: str = "gnn"\n'],
    [
      'what is not given to it',
      'from typing import ClassVar, Literal\nclass Config:\n    mode: ClassVar[Literal["a", "b"]] = "a"\n',
    ],
    [
      'a Literal, or anything',
      'from typing import Literal\nMode = Literal["gnn", "ghost"] | str\nclass Config:\n    mode: Mode = "gnn"\n',
    ],
    [
      'names that stand for each other',
      'import typing\nMode = typing.Union[Other, Literal["a", "b"]]\nOther = typing.Optional[Mode]\nclass Config:\n    mode: Mode = "a"\n',
    ],
    [
      'a name that stands for one thing or another',
      'from typing import Literal\nif fast:\n    Mode = Literal["a", "b"]\nelse:\n    Mode = str\nclass Config:\n    mode: Mode = "a"\n',
    ],
    ['a switch', 'class Config:\n    mode: bool = True\n'],
  ])('are not guessed: %s', (_, config) => {
    expect(factorsOf(config)).toEqual([]);
  });

  it('are those that the function goes by, also through what the class makes of them', () => {
    const config = `from typing import Literal
class Config:
    mode: Literal["a", "b"] = "a"
    optimizer: Literal["adam", "sgd"] = "adam"
    def __post_init__(self):
        self.is_b = self.mode == "b"
`;
    expect(factorsOf(config, 'is_b')).toEqual(['mode: a b (its annotation in config.py)']);
    expect(factorsOf(config, 'optimizer')).toHaveLength(2);
  });
});
