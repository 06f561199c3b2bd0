import type { Pair } from './pairs.js';

/** Imports in a branch that hide those of the module, and imports in a branch that work. */
export const branchImports: Record<string, Pair> = {
  'an import in one branch, used in the other': {
    fires: `
import torch
def load(path, safe):
    if safe:
        import torch
        return torch.load(path, weights_only=True)
    else:
        return torch.load(path)
`,
    told: ['7: unbound-local torch (elsewhere)'],
    silent: `
def load(path, safe):
    if safe:
        import torch
    else:
        import numpy as torch
    return torch.load(path)
`,
  },
  'an import in one branch, used behind it': {
    fires: `
import numpy as np
def normalize(values):
    if isinstance(values, list):
        import numpy as np
        values = np.array(values)
    return np.abs(values)
`,
    told: ['6: unbound-local np (one-branch)'],
    silent: `
import numpy as np
from transformers import is_torch_available
if is_torch_available():
    import torch
def to_numpy(values):
    if is_torch_available():
        import torch
    return values.numpy() if torch.is_tensor(values) else values
def to_array(values):
    if is_torch_available():
        import torch
    return torch.asarray(values)
def both(values):
    import numpy as np
    if values:
        import numpy as np
    return np.abs(values)
def normalize(values):
    if not isinstance(values, list):
        return values
    else:
        import numpy as np
    return np.abs(values)
`,
  },
  'an import under a condition, used under the same one': {
    fires: `
import wandb
def log(config, metrics):
    if config.use_wandb:
        import wandb
    wandb.log(metrics)
`,
    told: ['5: unbound-local wandb (one-branch)'],
    silent: `
import wandb
def log(config, metrics):
    if config.use_wandb:
        import wandb
    metrics = dict(metrics)
    if config.use_wandb:
        wandb.log(metrics)
`,
  },
};
