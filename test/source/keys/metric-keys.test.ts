import { describe, expect, it } from 'vitest';
import { indexOf } from '../../../src/source/values/module-index.js';
import { MetricKeys } from '../../../src/source/keys/metric-keys.js';
import { inferenceOf } from '../values/inference-of.js';
import { emptyStarts } from './empty-starts.js';
import { filledByStrangers } from './filled-by-strangers.js';
import { keysOf, told } from './keys-of.js';
import { keysGoneThrough } from './keys-gone-through.js';
import { keysOfAnnotated } from './keys-of-annotated.js';
import { keysOfDecorated } from './keys-of-decorated.js';
import { keysOfFlattened } from './keys-of-flattened.js';
import { keysOfLoops } from './keys-of-loops.js';
import { keysOfModules } from './keys-of-modules.js';
import { keysOfRecords } from './keys-of-records.js';
import { lostOnTheWay } from './lost-on-the-way.js';
import { neverProduced } from './never-produced.js';
import { neverProducedNames } from './never-produced-names.js';
import { typedNames } from './typed-names.js';
import { moreNeverRead, moreSometimes } from './more-sometimes.js';
import { moreNeverProduced } from './more-never-produced.js';
import { moreSilent } from './more-silent.js';
import { plainTwins } from './plain-twins.js';
import { silent } from './silent.js';
import { superCalls } from './super-calls.js';
import { neverRead, sometimes } from './sometimes.js';

const pairs = {
  ...neverProduced,
  ...neverProducedNames,
  ...typedNames,
  ...moreNeverProduced,
  ...lostOnTheWay,
  ...sometimes,
  ...moreSometimes,
  ...neverRead,
  ...moreNeverRead,
  ...keysGoneThrough,
  ...keysOfModules,
  ...superCalls,
  ...keysOfDecorated,
  ...keysOfAnnotated,
  ...keysOfFlattened,
  ...keysOfLoops,
  ...keysOfRecords,
  ...emptyStarts,
  ...filledByStrangers,
  ...plainTwins,
};

describe.each(Object.entries(pairs))('%s', (_, pair) => {
  it('fires', async () => expect(await told(pair.fires)).toEqual(pair.told));
  it('stays silent', async () => expect(await told(pair.silent)).toEqual([]));
});

it.each(Object.entries({ ...silent, ...moreSilent }))('stays silent: %s', async (_, text) =>
  expect(await told(text)).toEqual([]),
);

const dashboard = `
def measure(model, n):
    out = {"loss": model.loss()}
    for i in range(n): out[f"expert_{i}_load"] = model.load(i)
    return out
def series(history, key): return [m[key] for m in history]
def draw(model):
    history = [measure(model, 4)]
    return series(history, "loss"), [m["expert_0_load"] for m in history], [m.get("accuracy", 0) for m in history]
`;

describe('what plots ask', () => {
  it('tells the keys that a function and what it calls read', async () => {
    const inference = await inferenceOf(dashboard);
    const [path = ''] = inference.program.paths;
    const module = inference.program.module(path);
    if (module === undefined) throw new Error('no module');
    const [, , draw] = [...indexOf(module).functions.keys()].filter(({ kind }) => kind === 'FunctionDef');
    if (draw === undefined) throw new Error('no function');
    const read = new MetricKeys(inference).keysRead(draw).map(({ key, isFound }) => `${key} ${isFound}`);
    expect(read.sort()).toEqual(['accuracy false', 'expert_0_load true', 'loss true']);
  });

  it('tells whether anybody produces a key', async () => {
    const keys = await keysOf(dashboard);
    expect(['loss', 'expert_7_load', 'accuracy'].map((key) => keys.isProduced(key))).toEqual([true, true, false]);
  });
});

it('takes dicts that hold themselves, functions that call themselves and classes in a circle', async () => {
  expect(
    await told(`
d = {}
d["self"] = d
def again(x): return again(x) if x else {"a": again(x)}
class A(B): pass
class B(A): pass
l = []
l.append(l)
for x in l: x.append(x)
d.update(d)
d = {**d, "k": d["k"]}
`),
  ).toEqual([]);
});
