import type { Pair } from './missing-receivers.js';

const model = `
class Model:
    def step(self): return 1
model = Model()
`;

function tried(handler: string): string {
  return `${model}try:\n    for i in range(9): model.train_step()\n${handler}`;
}

/** Under a handler: does it hide that the attribute is missing, or tell of it? */
export const underHandlers: Record<string, Pair> = {
  'a handler that shows the exception': {
    fires: tried('except Exception as error:\n    st.error(f"failed: {error}")\n'),
    silent: tried('except Exception as error:\n    st.error(f"failed: {error}")\n').replace('train_step', 'step'),
    told: ['model.train_step'],
  },
  'a handler that keeps it': {
    fires: tried('except Exception as error:\n    state.failure = error\n'),
    silent: tried('except Exception as error:\n    state.failure = error\n').replace('train_step', 'step'),
    told: ['model.train_step'],
  },
  'a handler that keeps it under a condition': {
    fires: tried('except Exception as error:\n    if verbose:\n        print(error)\n'),
    silent: tried('except Exception as error:\n    if verbose:\n        print(error)\n').replace('train_step', 'step'),
    told: ['model.train_step'],
  },
  'a handler that logs where it came from': {
    fires: tried('except Exception:\n    log.exception("training died")\n'),
    silent: tried('except Exception:\n    log.exception("training died")\n').replace('train_step', 'step'),
    told: ['model.train_step'],
  },
  'a handler that hides it': {
    fires: tried('except Exception as error:\n    log.debug("no steps")\n'),
    silent: tried('except Exception as error:\n    log.debug("no steps")\n').replace('train_step', 'step'),
    told: ['model.train_step [try]'],
  },
  'a handler of just that': {
    fires: tried('except (KeyError, AttributeError) as error:\n    print(error)\n'),
    silent: tried('except (KeyError, AttributeError) as error:\n    print(error)\n').replace('train_step', 'step'),
    told: ['model.train_step [try]'],
  },
  'a handler that hides it, inside of one that tells': {
    fires: `${model}try:\n    try:\n        model.train_step()\n    except Exception:\n        pass\nexcept Exception as error:\n    print(error)\n`,
    silent: `${model}try:\n    try:\n        model.step()\n    except Exception:\n        pass\nexcept Exception as error:\n    print(error)\n`,
    told: ['model.train_step [try]'],
  },
  'a handler that tells, inside of one that hides': {
    fires: `${model}try:\n    try:\n        model.train_step()\n    except Exception as error:\n        print(error)\nexcept Exception:\n    pass\n`,
    silent: `${model}try:\n    try:\n        model.step()\n    except Exception as error:\n        print(error)\nexcept Exception:\n    pass\n`,
    told: ['model.train_step'],
  },
};
