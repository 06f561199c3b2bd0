/**
 * How long a training step takes, for each combination, against the same model in PyTorch (bench/peers/torch_moe.py), at
 * the same sizes, both on one thread. The two take turns, so that what else the machine does falls on both.
 *
 *     npm run bench:train -- [--size tiny|small] [--rounds 2] [--steps 20] [--backend wasm]
 *
 * PyTorch is looked for in bench/.venv, which bench:preflight sets up; PYTHON names another interpreter. Prints ratios; asserts none.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openBackend } from '../dist/reference/backend.cjs';
import { architectures, resolveReferenceConfig, trainingModes } from '../dist/reference/config.cjs';
import { openDataset } from '../dist/reference/data/dataset.cjs';
import { createModel } from '../dist/reference/model.cjs';

const sizes = {
  tiny: { vocab_size: 64, embed_dim: 32, context: 32, batch_size: 8, heads: 4, experts: 4, layers: 2 },
  small: { vocab_size: 256, embed_dim: 64, context: 64, batch_size: 8, heads: 4, experts: 4, layers: 2 },
};

const { values: flags } = parseArgs({
  options: {
    size: { type: 'string', default: 'tiny' },
    rounds: { type: 'string', default: '2' },
    steps: { type: 'string', default: '20' },
    backend: { type: 'string' },
  },
});
const steps = Number(flags.steps);
const warm = Math.ceil(steps / 4);

const root = fileURLToPath(new URL('..', import.meta.url));
const inVenv = `${root}bench/.venv/bin/python`;
const python = process.env.PYTHON ?? (existsSync(inVenv) ? inVenv : 'python3');

/** @returns {Record<string, number>} median milliseconds a step, by combination; empty without PyTorch */
function timePyTorch() {
  const options = ['--size', flags.size, '--steps', String(steps), '--warm', String(warm), '--threads', '1'];
  const run = spawnSync(python, [`${root}bench/peers/torch_moe.py`, 'bench', ...options], { encoding: 'utf8' });
  if (run.status !== 0) {
    console.error(`PyTorch could not be timed: ${run.stderr.trimEnd().split('\n').at(-1)}`);
    return {};
  }
  return JSON.parse(run.stdout).ms_per_step;
}

async function timeOurs() {
  const medians = {};
  for (const architecture of architectures) {
    for (const training of trainingModes) {
      const config = resolveReferenceConfig({ ...sizes[flags.size], architecture, training, max_steps: steps });
      const batch = (await openDataset(config)).trainBatch(0);
      const model = createModel(config);
      const times = Array.from({ length: steps }, () => {
        const start = performance.now();
        model.trainStep(batch);
        return performance.now() - start;
      });
      model.dispose();
      medians[`${architecture}-${training}`] = median(times.slice(warm));
    }
  }
  return medians;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

const { name: backend } = await openBackend(flags.backend);
const ours = [];
const theirs = [];
for (let round = 0; round < Number(flags.rounds); round++) {
  theirs.push(timePyTorch());
  ours.push(await timeOurs());
}

console.log(`training, size ${flags.size}: ms/step, ${backend} against PyTorch, one thread each`);
for (const combination of Object.keys(ours[0])) {
  const [we, they] = [ours, theirs].map((rounds) => median(rounds.map((medians) => medians[combination])));
  const ratio = they === undefined ? '' : `${they.toFixed(1).padStart(8)}  ratio ${(we / they).toFixed(2)}`;
  console.log(`  ${combination.padEnd(24)}${we.toFixed(1).padStart(8)}${ratio}`);
}
