"""Adds what classes from outside give their subclasses to data/outside-classes.json, as the running interpreter has them.

    python scripts/outside-classes.py

Run it once in every interpreter and with every release whose names should be known: names are only ever added, so that a
name that one release has is never called missing. Classes that cannot be imported are passed over.
"""

import enum as enum_module
import importlib
import inspect
import json
import pathlib
import re
import typing

FILE = pathlib.Path(__file__).resolve().parent.parent / "data" / "outside-classes.json"

CLASSES = """
builtins.object builtins.dict builtins.list builtins.tuple builtins.set builtins.frozenset builtins.str builtins.bytes
builtins.int builtins.float builtins.type builtins.BaseException builtins.Exception builtins.ValueError
builtins.TypeError builtins.RuntimeError builtins.KeyError builtins.IndexError builtins.AttributeError
builtins.NotImplementedError builtins.OSError builtins.IOError builtins.ImportError builtins.LookupError
builtins.ArithmeticError builtins.AssertionError builtins.TimeoutError builtins.Warning builtins.UserWarning
abc.ABC collections.OrderedDict collections.Counter collections.defaultdict collections.deque collections.UserDict
collections.UserList collections.abc.Mapping collections.abc.MutableMapping collections.abc.Sequence
collections.abc.Iterator collections.abc.Iterable contextlib.ContextDecorator contextlib.AbstractContextManager
enum.Enum enum.IntEnum enum.StrEnum enum.Flag enum.IntFlag json.JSONEncoder json.JSONDecoder logging.Handler
logging.Formatter logging.Filter logging.Logger logging.StreamHandler logging.LoggerAdapter multiprocessing.Process
pathlib.Path queue.Queue string.Formatter string.Template threading.Thread threading.local typing.Generic
typing.Protocol unittest.TestCase argparse.ArgumentParser argparse.Action argparse.Namespace ast.NodeVisitor
ast.NodeTransformer socketserver.BaseRequestHandler http.server.BaseHTTPRequestHandler html.parser.HTMLParser
torch.nn.Module torch.nn.Sequential torch.nn.ModuleList torch.nn.ModuleDict torch.nn.Linear torch.nn.Embedding
torch.nn.LayerNorm torch.nn.RMSNorm torch.nn.Dropout torch.nn.Parameter torch.nn.MultiheadAttention
torch.nn.TransformerEncoderLayer torch.nn.LSTM torch.nn.GRU torch.nn.Conv1d torch.nn.Conv2d torch.nn.BatchNorm1d
torch.nn.BatchNorm2d torch.nn.CrossEntropyLoss torch.autograd.Function torch.optim.Optimizer torch.optim.Adam
torch.optim.AdamW torch.optim.SGD torch.optim.lr_scheduler.LRScheduler torch.optim.lr_scheduler._LRScheduler
torch.optim.lr_scheduler.LambdaLR torch.utils.data.Dataset torch.utils.data.IterableDataset
torch.utils.data.TensorDataset torch.utils.data.DataLoader torch.utils.data.Sampler torch.distributions.Distribution
""".split()

ASSIGNED = re.compile(r"\bself\.(\w+)(?:\s*:[^=\n]+)?(?:\s*,\s*self\.\w+)*\s*[+|-]?=(?!=)")


def find(dotted):
    parts = dotted.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:cut]))
        except ImportError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part, None)
        return found
    return None


def names_of(cls):
    """What its objects have: the attributes of the class, and those that the methods of it and its bases assign."""
    names = set(dir(cls))
    for base in cls.__mro__:
        annotations = vars(base).get("__annotations__")
        names.update(annotations if isinstance(annotations, dict) else ())
        try:
            names.update(ASSIGNED.findall(inspect.getsource(base)))
        except (OSError, TypeError):
            pass
    return {name for name in names if not re.fullmatch(r"__\w+__", name)}


known = json.loads(FILE.read_text()) if FILE.exists() else {}
for dotted in CLASSES:
    cls = find(dotted)
    if isinstance(cls, type):
        known[dotted] = sorted({*known.get(dotted, ()), *names_of(cls)})
dir_of_enum = [name for name in dir(enum_module.Enum) if not name.startswith("__")] + [
    "_member_map_", "_member_names_", "_value2member_map_", "_member_type_", "_missing_", "_generate_next_value_",
]
named_tuple = typing.NamedTuple("Made", [])
known["typing.NamedTuple"] = sorted({*known.get("typing.NamedTuple", ()), *names_of(named_tuple)})
for enum in (name for name in known if name.startswith("enum.")):
    known[enum] = sorted({*known[enum], "name", "value", "_name_", "_value_", "_sort_order_", *dir_of_enum})
for exception in (name for name in known if isinstance(find(name), type) and issubclass(find(name), BaseException)):
    known[exception] = sorted({*known[exception], "add_note"})
for module in (name for name, names in known.items() if "register_forward_hook" in names):
    # What torch.nn.utils adds to a module from outside.
    known[module] = sorted({*known[module], "parametrizations", "weight_g", "weight_v", "weight_orig", "weight_mask"})
lines = [f" {json.dumps(name)}: {json.dumps(names)}" for name, names in sorted(known.items())]
FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n")
