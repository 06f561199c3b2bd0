// `npm run bench:validate [-- MEGABYTES]`: `moe-check validate` on a generated run, against plain JSON.parse of each line,
// and against Python's jsonschema on a sample of the same lines. Prints ratios and peak memory; asserts nothing.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  createReadStream,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.join(import.meta.dirname, '..');
const megabytes = Number(process.argv[2] ?? 64);
const pythonLines = 500;

/** A record of a ghost-geometric run, with numbers as long as real ones. */
function record(step) {
  const tilt = Math.sin(step / 30) / 50;
  const primary = [0.25 + tilt, 0.25 - tilt, 0.24, 0.26];
  const angles = primary.map((share) => [share, 0.1 + tilt, 0.2, 0.3]);
  const norms = angles.map((own) => Math.hypot(...own));
  const taskLoss = 1 + Math.exp(-step / 1e5) * (1 + tilt);
  const flat = (name, values) => Object.fromEntries(values.map((value, index) => [name.replace('%', index), value]));
  return {
    step,
    epoch: Math.floor(step / 1000),
    wall_time_s: step / 9,
    tokens_per_s: 1000 + tilt,
    architecture_mode: 'ghost',
    training_mode: 'geometric',
    loss: taskLoss + 0.01,
    task_loss: taskLoss,
    learning_rate: 1e-3 * Math.exp(-step / 1e6),
    grad_norm: 1 + tilt,
    expert_loads: { primary, ghost: [0.1 + tilt, 0] },
    ...flat('expert_%_activation', primary),
    ...flat('ghost_expert_%_activation', [0.1 + tilt, 0]),
    active_ghosts: 1,
    ghost_activations: [1, 0],
    ghost_learning_rates: [1e-4, 0],
    saturation_level: 0.2 + tilt,
    orthogonality_preservation: 0.97 + tilt,
    expert_specialization: 0.1 + tilt,
    expert_connections: Array.from({ length: 6 }, () => Array.from({ length: 6 }, (_, index) => 1 / 6 + tilt * index)),
    hyperedge_weights: Array.from({ length: 15 }, (_, index) => 1 + tilt * index),
    rotation_angles: angles,
    ...flat('expert_%_rotation_magnitude', norms),
    avg_rotation_magnitude: norms.reduce((sum, norm) => sum + norm / norms.length, 0),
    rotation_efficiency: 0.97 + tilt,
    geometric_components: {
      task_loss: taskLoss,
      orthogonality_loss: 0.03 - tilt,
      rotation_efficiency_loss: 0.03 - tilt,
      specialization_loss: 0,
      total_loss: taskLoss + 0.01,
    },
  };
}

function generate(file) {
  const handle = openSync(file, 'w');
  let step = 0;
  for (let bytes = 0; bytes < megabytes * 1e6;) {
    let block = '';
    for (let line = 0; line < 500; line++) block += `${JSON.stringify(record(step++))}\n`;
    bytes += writeSync(handle, block);
  }
  closeSync(handle);
  return step;
}

async function parseAlone(file) {
  const started = performance.now();
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) JSON.parse(line);
  return (performance.now() - started) / 1000;
}

/** Wall time and peak memory of the command as a user runs it. */
function validate(file) {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [...measured, 'bin/run.cjs', 'validate', file], {
    cwd: root,
    encoding: 'utf8',
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`validate ended with ${status}: ${stderr}`);
  return { seconds, peakMB: Number(/peak (\d+)/.exec(stderr)?.[1]) / 1e3 };
}

const measured = [
  '--import',
  `data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))`,
];

/** Seconds for all lines, scaled from a sample; undefined where jsonschema is not installed. */
function pythonSeconds(file, lines) {
  const python = path.join(root, '.venv/bin/python');
  if (!existsSync(python) || spawnSync(python, ['-c', 'import jsonschema']).status !== 0) return undefined;
  const program = `
import itertools, json, sys, time
from jsonschema import Draft202012Validator
validator = Draft202012Validator(json.load(open(sys.argv[1])))
with open(sys.argv[2]) as lines:
    sample = list(itertools.islice(lines, ${pythonLines}))
start = time.perf_counter()
assert all(validator.is_valid(json.loads(line)) for line in sample)
print(time.perf_counter() - start, len(sample))
`;
  const schema = path.join(root, 'schemas/metrics-record.schema.json');
  const out = execFileSync(python, ['-c', program, schema, file], { encoding: 'utf8' });
  const [seconds, count] = out.trim().split(' ').map(Number);
  return (seconds / count) * lines;
}

const folder = mkdtempSync(path.join(tmpdir(), 'moe-check-bench-'));
try {
  const file = path.join(folder, 'metrics.jsonl');
  const lines = generate(file);
  const plain = await parseAlone(file);
  const ours = validate(file);
  const python = pythonSeconds(file, lines);
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  console.log(`moe-check ${version}: ${lines} records, ${(statSync(file).size / 1e6).toFixed(0)} MB`);
  console.log(`  JSON.parse of each line  ${plain.toFixed(2)} s`);
  console.log(`  moe-check validate       ${ours.seconds.toFixed(2)} s, peak ${ours.peakMB.toFixed(0)} MB`);
  console.log(`  ratio to JSON.parse      ${(ours.seconds / plain).toFixed(2)}`);
  if (python === undefined) console.log("  Python's jsonschema      not installed in .venv");
  else {
    console.log(`  Python's jsonschema      ${python.toFixed(2)} s, scaled from ${pythonLines} records`);
    console.log(`  times faster than it     ${(python / ours.seconds).toFixed(1)}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
