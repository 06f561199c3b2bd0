import type { Pair } from '../unbound/pairs.js';

/** Containers that are emptied before anybody read them, and those that are emptied in good time. */
export const emptiedContainers: Record<string, Pair> = {
  'the incident': {
    fires: `
def get_metrics(current):
    geometric_metrics: dict = {}
    if current.get("rotation") is not None:
        geometric_metrics["rotation"] = current["rotation"]
    geometric_metrics = {}
    if current.get("angles"):
        geometric_metrics["angles"] = current["angles"]
    return {"geometric": geometric_metrics}
`,
    told: ['5: emptied-after-fill geometric_metrics, first 2, filled 4'],
    silent: `
def get_metrics(current):
    geometric_metrics: dict = {}
    if current.get("rotation") is not None:
        geometric_metrics["rotation"] = current["rotation"]
    if current.get("angles"):
        geometric_metrics["angles"] = current["angles"]
    return {"geometric": geometric_metrics}
`,
  },
  'after a display with something in it': {
    fires: `
def metrics(m):
    result = {"loss": m.loss()}
    result["entropy"] = m.entropy()
    result = {}
    return result
`,
    told: ['4: emptied-after-fill result, first 2, filled 3'],
    silent: `
def metrics(m):
    result = {"loss": 0.0}
    result = {}
    rows = [1]
    rows.append(2)
    yield rows
    rows = []
    batch = {"a": 1}
    batch["b"] = 2
    batch = {"c": batch}
    return result, rows, batch
`,
  },
  'declared twice': {
    fires: `
def collect(steps):
    losses = []
    rates = []
    losses = list()
    for step in steps:
        losses.append(step)
    return losses, rates
`,
    told: ['4: declared-twice losses, first 2, filled '],
    silent: `
def collect(steps):
    losses = []
    rates = []
    for step in steps:
        losses.append(step)
        rates = []
    return losses, rates
`,
  },
  'reset in a loop': {
    fires: `
def batches(items):
    for item in items:
        batch = []
        batch.append(item)
        batch = []
        yield batch
`,
    told: ['5: emptied-after-fill batch, first 3, filled 4'],
    silent: `
def batches(items):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == 8:
            yield batch
            batch = []
    batch = []
    while True:
        batch = []
        batch.append(next(items))
        if items.done:
            break
        batch = []
    return batch
`,
  },
  'reset in a branch': {
    fires: `
def read(rows, header):
    columns = {}
    for row in rows:
        columns[row[0]] = row[1]
    if header:
        print(rows)
    columns = {}
    return columns
`,
    told: ['7: emptied-after-fill columns, first 2, filled 4'],
    silent: `
def read(rows, header):
    columns = {}
    for row in rows:
        columns[row[0]] = row[1]
    if header:
        columns = {}
    else:
        columns["header"] = None
    return columns
`,
  },
  'read in between': {
    fires: `
def page(st, history):
    series = {}
    series["loss"] = history["loss"]
    st.header(history["name"])
    series = {}
    st.line_chart(series)
`,
    told: ['5: emptied-after-fill series, first 2, filled 3'],
    silent: `
def page(st, history):
    series = {}
    series["loss"] = history["loss"]
    st.line_chart(series)
    series = {}
    series["rate"] = history["rate"]
    st.line_chart(series)
    series = {}
    series["a"] = 1
    print(len(series))
    series = {}
    series["a"] = 1
    if "a" in series: print("a")
    series = {}
    series["a"] = 1
    for each in series: print(each)
    series = {}
    series["a"] = 1
    print(f"{series}")
    series = {}
    series["a"] = 1
    series["b"] = series["a"]
    series = {}
    st.line_chart(series)
`,
  },
  'kept under another name': {
    fires: `
def history(rows):
    kept = []
    rows_of_day = []
    rows_of_day.extend(rows)
    rows_of_day = []
    kept.append(rows_of_day)
    return kept
`,
    told: ['5: emptied-after-fill rows_of_day, first 3, filled 4'],
    silent: `
def history(rows):
    kept = []
    rows_of_day = []
    kept.append(rows_of_day)
    rows_of_day.extend(rows)
    rows_of_day = []
    first = second = {}
    first["a"] = 1
    first = {}
    other = rows_of_day
    other.append(1)
    rows_of_day = []
    return kept, first, second, other, rows_of_day
`,
  },
  'attributes, by design': {
    fires: `
def reset(self):
    metrics = {}
    metrics["step"] = 0
    metrics = {}
    self.metrics = metrics
`,
    told: ['4: emptied-after-fill metrics, first 2, filled 3'],
    silent: `
class Trainer:
    def __init__(self):
        self.metrics = {}
        self.metrics["step"] = 0
        self.reset()
    def reset(self):
        self.metrics = {}
        self.metrics = {}
`,
  },
  'seen by an inner function': {
    fires: `
def build(rows):
    cache = {}
    def look(key, cache): return cache.get(key)
    cache["a"] = rows
    cache = {}
    return look, cache
`,
    told: ['5: emptied-after-fill cache, first 2, filled 4'],
    silent: `
def build(rows):
    cache = {}
    def look(key): return cache.get(key)
    cache["a"] = rows
    print(look("a"))
    cache = {}
    seen = []
    show = lambda: [each for row in rows for each in seen]
    seen.append(1)
    show()
    seen = []
    return look
`,
  },
};
