import type { Pair } from './keys-of.js';

const record = `
from dataclasses import asdict, dataclass
@dataclass
class Record:
    step: int
    accuracy: float
    def to_dict(self): return asdict(self)
class Custom:
    def to_dict(self): return {"acc": 1.0}
class Engine:
    def __init__(self, model):
        self.model = model
        self.records: list[Record] = []
        self.plain = []
    def step(self):
        self.records.append(Record(step=len(self.records), accuracy=self.model.accuracy()))
        self.plain.append(Record(step=len(self.plain), accuracy=self.model.accuracy()))
    def history(self): return [r.to_dict() for r in self.records]
    def plain_history(self): return [r.to_dict() for r in self.plain]
`;

/** Records that are kept in a list as objects, and drawn as dicts. */
export const keysOfRecords: Record<string, Pair> = {
  'objects that are appended to an annotated list': {
    fires: `${record}
def draw(model):
    engine = Engine(model)
    engine.step()
    return [r["acc"] for r in engine.history()], [r["step"] for r in engine.history()]`,
    told: ['nowhere acc -> accuracy'],
    silent: `${record}
class Other(Engine):
    def add(self): self.records.append(Custom())
def draw(model):
    engine = Other(model)
    engine.step()
    return [r["acc"] for r in engine.history()], [r["step"] for r in engine.history()]`,
  },
  'objects that are appended to a plain list': {
    fires: `${record}
def draw(model):
    engine = Engine(model)
    engine.step()
    return [r["acc"] for r in engine.plain_history()], [r["step"] for r in engine.plain_history()]`,
    told: ['nowhere acc -> accuracy'],
    silent: `${record}
def draw(model, others):
    engine = Engine(model)
    engine.step()
    engine.plain.extend(others)
    return [r["acc"] for r in engine.plain_history()], [r["step"] for r in engine.plain_history()]`,
  },
  'objects that a function appends to the list it is given': {
    fires: `${record}
def fill(records, n):
    for i in range(n): records.append(Record(i, 1.0))
def draw():
    records = []
    fill(records, 3)
    return [r.to_dict()["acc"] for r in records], [r.to_dict()["step"] for r in records]`,
    told: ['nowhere acc -> accuracy'],
    silent: `${record}
import torch
def fill(records, n):
    for i in range(n): records.append(torch.load(f"{i}.pt"))
def draw():
    records = [Record(0, 1.0)]
    fill(records, 3)
    many = [records]
    for each in many: torch.fill(each)
    return [r.to_dict()["acc"] for r in records], [r.to_dict()["step"] for r in records]`,
  },
  'objects in a list that somebody unknown fills': {
    fires: `${record}
def draw():
    records = [Record(0, 1.0)]
    records.sort(key=len)
    return [r.to_dict()["acc"] for r in records], [r.to_dict()["step"] for r in records]`,
    told: ['nowhere acc -> accuracy'],
    silent: `${record}
import torch
def draw():
    records = [Record(0, 1.0)]
    torch.fill(records)
    return [r.to_dict()["acc"] for r in records], [r.to_dict()["step"] for r in records]`,
  },
  'objects in a list that is filled through another name': {
    fires: `${record}
def draw(n):
    records = [Record(0, 1.0)]
    other = records
    other.append(Record(1, 2.0))
    return [r.to_dict()["acc"] for r in records], [r.to_dict()["step"] for r in records]`,
    told: ['nowhere acc -> accuracy'],
    silent: `${record}
def draw(n):
    records = [Record(0, 1.0)]
    held = {"records": records}
    put(**held)
    return [r.to_dict()["acc"] for r in records], [r.to_dict()["step"] for r in records]
def put(**kwargs):
    for records in kwargs.values(): records.append(Custom())`,
  },
};
