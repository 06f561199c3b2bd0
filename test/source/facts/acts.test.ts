import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/source/facts/facts.js';
import { loadPythonParser } from '../../../src/source/parsing/parser.js';

const parser = await loadPythonParser();
const acts = (text: string): boolean => factsOf(parser, 'x.py', Buffer.from(text), new Set()).actsOnImport === true;

describe('a file that works when it is imported', () => {
  it.each([
    'train()',
    'T().fit()',
    'model.fit(x)',
    '{"a": train}["a"]()',
    'x = train()["a"]',
    'x = 1 + train()',
    'x, y = train(), 2',
    '[train(i) for i in range(3)]',
    'for x in train():\n    pass',
    'for i in range(3):\n    train(i)',
    'if train():\n    pass',
    'if DEBUG:\n    pass\nelse:\n    train()',
    'assert train()',
    'raise SystemExit(main())',
    'while True:\n    pass',
    'try:\n    train()\nfinally:\n    pass',
    'with open_run() as run:\n    pass',
    'with x:\n    train()',
    'match x:\n    case 1:\n        train()',
    'await train()',
    'Path("x").write_text("y")',
    'get_ipython().run_line_magic("matplotlib", "inline")',
    'f = lambda: 1\nx = [lambda: 1, train()]',
  ])('%s', (text) => {
    expect(acts(`import os\n\n${text}\n`)).toBe(true);
  });
});

describe('a file that only sets itself up', () => {
  it.each([
    '"""Docs."""',
    'X = 1\nY = [X, 2]\nZ: int = 3',
    'def train():\n    fit()\n\n\nclass A(B()):\n    x = make()\n',
    '@decorator(1)\ndef f(x=default()):\n    g()',
    'logger = logging.getLogger(__name__)\nlogger.setLevel("INFO")',
    'ROOT = Path(__file__).resolve().parent\nsys.path.insert(0, str(ROOT))',
    'os.environ.setdefault("A", "b")\nTOKEN = os.environ.get("T") or os.getenv("U")',
    'PATTERN = re.compile("x")\nNAMES = frozenset(n.lower() for n in "a b".split())',
    'T = TypeVar("T")\nPoint = namedtuple("Point", "x y")',
    'later = lambda: train()',
    'if sys.version_info < (3, 8):\n    raise RuntimeError("too old")',
    'if __name__ == "__main__":\n    train()',
    'if TYPE_CHECKING:\n    x = train()',
    'try:\n    import torch\nexcept ImportError:\n    torch = None',
    'for name in ("a", "b"):\n    __all__.append(name)',
  ])('%s', (text) => {
    expect(acts(`import os\n\n${text}\n`)).toBe(false);
  });
});
