import type { Pair } from '../unbound/pairs.js';

/** Containers whose emptying others may see, or that a failure may bring to light. */
export const sharedContainers: Record<string, Pair> = {
  globals: {
    fires: `
registry = {}
registry["a"] = 1
registry = {}
`,
    told: ['3: emptied-after-fill registry, first 1, filled 2'],
    silent: `
registry = {}
def register(name): registry[name] = 1
register("a")
registry = {}
def reset():
    global cache
    cache = {}
    load()
    cache = {}
def load(): cache["a"] = 1
`,
  },
  'try and except': {
    fires: `
def load(path):
    try:
        settings = {}
        settings["path"] = path
        settings = {}
        return parse(settings)
    except OSError:
        return None
`,
    told: ['5: emptied-after-fill settings, first 3, filled 4'],
    silent: `
def load(path):
    try:
        settings = {}
        settings["path"] = path
        check(path)
        settings = {}
    except OSError:
        print("kept what was read")
    try:
        other = {}
        other.update(parse(path))
    except ValueError:
        other = {}
    return settings, other
`,
  },
  'in different functions': {
    fires: `
def a():
    found = set()
    found.add(1)
    found = set()
    return found
`,
    told: ['4: emptied-after-fill found, first 2, filled 3'],
    silent: `
found = set()
def a():
    found = set()
    return found
def b():
    found = set()
    return found
class C:
    found = set()
`,
  },
  'handed out by name': {
    fires: `
def render(template):
    values = {}
    values["a"] = 1
    values = {}
    return template.format(**values)
`,
    told: ['4: emptied-after-fill values, first 2, filled 3'],
    silent: `
def render(template, frame):
    values = {}
    values["a"] = 1
    page = template.format(**locals())
    values = {}
    return page, values
def select(frame):
    names = []
    names.append("a")
    part = frame.query("name in @names")
    names = []
    return part, names
`,
  },
  'something else by the same name': {
    fires: `
def sort(items):
    result = {}
    result["n"] = items
    result = []
    return result
`,
    told: ['4: emptied-after-fill result, first 2, filled 3'],
    silent: `
def sort(items):
    result = {}
    result += items
    result = []
    result = items or []
    result = []
    del result
    result = []
    match items:
        case {"result": result}:
            pass
    result = []
    return result
`,
  },
};
