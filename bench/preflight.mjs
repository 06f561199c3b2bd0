// `npm run bench:preflight [-- ROUNDS]`: the incident report's checklist by hand against `moe-check preflight --tier import`,
// over the same generated repository, alternating. Prints the medians, their ratio and our own peak memory; asserts nothing.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const here = import.meta.dirname;
const venv = path.join(here, '.venv');
const python = path.join(venv, 'bin/python');
const rounds = Number(process.argv[2] ?? 7);

const modules = {
  'core/__init__.py': '',
  'core/config.py': `from dataclasses import dataclass


@dataclass
class MoEConfig:
    architecture_mode: str = "gnn"
    training_mode: str = "standard"
    num_experts: int = 4
    hidden: int = 32
    use_orthogonal_loss: bool = False
`,
  'core/architecture.py': `import torch
from torch import nn

from core.config import MoEConfig


class MoEModel(nn.Module):
    def __init__(self, config: MoEConfig):
        super().__init__()
        self.gate = nn.Linear(config.hidden, config.num_experts)
        self.experts = nn.ModuleList(nn.Linear(config.hidden, config.hidden) for _ in range(config.num_experts))

    def forward(self, x):
        weights = torch.softmax(self.gate(x), dim=-1)
        return sum(weights[..., i : i + 1] * expert(x) for i, expert in enumerate(self.experts))

    def get_last_saturation_metrics(self):
        return {"saturation_level": 0.0}
`,
  'core/training_controllers.py': `import numpy as np
import torch
import torch.nn.functional as F

from core.architecture import MoEModel
from core.config import MoEConfig


class StandardTrainingController:
    def __init__(self, model: MoEModel, config: MoEConfig):
        self.model, self.config = model, config
        self.optimizer = torch.optim.AdamW(model.parameters())

    def step(self, x, y):
        loss = F.mse_loss(self.model(x), y)
        loss.backward()
        return float(np.asarray(loss.detach()))
`,
  'components/__init__.py': '',
  'components/live_graph.py': `import numpy as np
import torch

from core.config import MoEConfig


def get_available_plot_types(config: MoEConfig):
    return ["loss"] + (["orthogonality"] if config.use_orthogonal_loss else [])


def smooth(values: torch.Tensor):
    return np.convolve(values.numpy(), np.ones(5) / 5, mode="valid")
`,
  'utils/__init__.py': '',
  'utils/background_training.py': `import queue
import threading

import numpy as np
import torch

from core.config import MoEConfig
from core.training_controllers import StandardTrainingController


class BackgroundTrainingManager:
    def __init__(self, config: MoEConfig):
        self.config, self.progress = config, queue.Queue()

    def start(self, controller: StandardTrainingController):
        threading.Thread(target=lambda: controller.step(torch.zeros(1), np.zeros(1)), daemon=True).start()
`,
  'streamlit_dashboard.py': `from components.live_graph import get_available_plot_types
from core.config import MoEConfig
from utils.background_training import BackgroundTrainingManager

print(get_available_plot_types(MoEConfig()), BackgroundTrainingManager)
`,
  'moe-check.config.yaml': 'entry: streamlit_dashboard.py\n',
};

/** The checklist as the incident report writes it: every line a process of its own. */
const byHand = [
  ...['components/live_graph.py', 'core/training_controllers.py', 'utils/background_training.py'].map((file) => [
    '-m',
    'py_compile',
    file,
  ]),
  ['-c', 'from components.live_graph import get_available_plot_types'],
  ['-c', 'from core.training_controllers import StandardTrainingController'],
  ['-c', 'from utils.background_training import BackgroundTrainingManager'],
  [
    '-c',
    `from core.architecture import MoEModel
from core.config import MoEConfig
config = MoEConfig()
model = MoEModel(config)
print(hasattr(model, 'get_last_saturation_metrics'))`,
  ],
];

function setUp() {
  if (existsSync(path.join(venv, 'stamp'))) return;
  const wanted = readFileSync(path.join(here, 'requirements.txt'), 'utf8');
  const install = (text) => {
    const file = path.join(venv, 'requirements.txt');
    writeFileSync(file, text);
    return spawnSync(python, ['-m', 'pip', 'install', '--retries', '0', '-q', '-r', file], { stdio: 'inherit' }).status;
  };
  execFileSync('python3', ['-m', 'venv', venv], { stdio: 'inherit' });
  if (install(wanted) !== 0 && install(wanted.replace('+cpu', '')) !== 0) {
    throw new Error('torch could not be installed; see bench/requirements.txt');
  }
  writeFileSync(path.join(venv, 'stamp'), '');
}

function handRound(root) {
  const began = performance.now();
  for (const args of byHand) execFileSync(python, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  return performance.now() - began;
}

/** One preflight; its own peak memory comes from the kernel's account of the process, read when it is about to end. */
async function ourRound(root) {
  const peak = path.join(root, '..', 'peak');
  const report = `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)))`;
  const hook = path.join(root, '..', 'hook.cjs');
  writeFileSync(hook, report);
  const command = ['--require', hook, path.join(here, '../bin/run.cjs'), 'preflight', root];
  const flags = ['--tier', 'import', '--only', 'incident/compile', '--only', 'incident/import', '--python', python];
  const began = performance.now();
  const child = spawn(process.execPath, [...command, ...flags], { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((resolve) => child.on('exit', resolve));
  const took = performance.now() - began;
  if (code !== 0) throw new Error(`moe-check preflight ended with exit code ${code} on a healthy dashboard`);
  return { took, peakMb: Number(readFileSync(peak, 'utf8')) / 1024 };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

setUp();
const folder = mkdtempSync(path.join(tmpdir(), 'moe-check-bench-'));
try {
  const root = path.join(folder, 'dashboard');
  for (const [file, text] of Object.entries(modules)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  const hand = [];
  const ours = [];
  // The first round only warms the file cache.
  for (let round = 0; round <= rounds; round += 1) {
    hand.push(handRound(root));
    ours.push(await ourRound(root));
  }
  const handMs = median(hand.slice(1));
  const oursMs = median(ours.slice(1).map(({ took }) => took));
  const peakMb = Math.max(...ours.map((one) => one.peakMb));
  console.log(`by hand (${byHand.length} processes)   ${(handMs / 1000).toFixed(2)} s   median of ${rounds}`);
  console.log(`moe-check preflight      ${(oursMs / 1000).toFixed(2)} s   median of ${rounds}`);
  console.log(`ratio                    ${(oursMs / handMs).toFixed(2)}`);
  console.log(`our own peak memory      ${peakMb.toFixed(0)} MB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
