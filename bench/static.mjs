// `npm run bench:static [-- ROUNDS]`: `moe-check preflight --tier static` against pyright, mypy and pylint on the same
// trees, alternating; how long a verdict takes after a save in `moe-check watch`; and how its own cost grows from 100 to
// 10,000 files. Prints medians and ratios; asserts nothing.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const here = import.meta.dirname;
const root = path.join(here, '..');
const tools = path.join(here, '.tools/static');
const bin = (name) => path.join(tools, 'venv/bin', name);
const rounds = Number(process.argv[2] ?? 3);
const pyright = 'pyright@1.1.414';

function setUp() {
  if (existsSync(path.join(tools, 'stamp'))) return;
  mkdirSync(tools, { recursive: true });
  execFileSync('python3', ['-m', 'venv', path.join(tools, 'venv')], { stdio: 'inherit' });
  const wanted = path.join(here, 'static-requirements.txt');
  execFileSync(bin('python'), ['-m', 'pip', 'install', '--retries', '0', '-q', '-r', wanted], { stdio: 'inherit' });
  execFileSync('npm', ['install', '--prefix', tools, '--no-audit', '--no-fund', pyright], { stdio: 'inherit' });
  writeFileSync(path.join(tools, 'stamp'), '');
}

/** What is timed: a command for a folder, and the exit codes with which it has done its work. */
const contenders = {
  'moe-check, new sources': (folder) => moeCheck(folder, '--no-cache'),
  'moe-check, after one edit': (folder) => {
    appendFileSync(path.join(folder, editedFile(folder)), `# ${Math.random()}\n`);
    return moeCheck(folder);
  },
  pyright: (folder) => ({
    args: ['node', path.join(tools, 'node_modules/pyright/index.js'), '--pythonpath', bin('python'), folder],
    codes: [0, 1],
  }),
  mypy: (folder) => ({
    args: [
      bin('mypy'),
      '--cache-dir',
      '/dev/null',
      '--ignore-missing-imports',
      '--check-untyped-defs',
      '--explicit-package-bases',
      '--namespace-packages',
      folder,
    ],
    codes: [0, 1],
  }),
  'pylint -E': (folder) => ({
    args: [bin('pylint'), '-E', '-j', '0', '--recursive=y', folder],
    codes: Array.from({ length: 32 }, (_, code) => code).filter((code) => (code & 1) === 0),
  }),
};

const moeCheck = (folder, ...flags) => ({
  args: ['node', path.join(root, 'bin/run.cjs'), 'preflight', folder, '--tier', 'static', ...flags],
  codes: [0, 1, 3],
});

const editedFile = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.py'))
    .sort()[0];

/** @returns seconds of wall time, those that the processors worked, and the peak memory of the process in MB. */
function run({ args: [file, ...args], codes }, cwd) {
  const began = performance.now();
  const timed = spawnSync(
    '/usr/bin/time',
    ['-f', 'used %M %U %S', file === 'node' ? process.execPath : file, ...args],
    {
      cwd,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      env: {
        ...process.env,
        XDG_CACHE_HOME: path.join(cwd, 'cache'),
        // Types are followed in memory, and for ten thousand files the 4 GB that Node takes by itself are not enough.
        NODE_OPTIONS: '--max-old-space-size=14000',
      },
    },
  );
  const seconds = (performance.now() - began) / 1000;
  if (!codes.includes(timed.status)) {
    const said = `${timed.stdout}${timed.stderr}`.trim().split('\n').slice(-5).join('\n');
    throw new Error(`${path.basename(file)} ended with exit code ${timed.status}:\n${said}`);
  }
  const [, kb, user, system] = /used (\d+) ([\d.]+) ([\d.]+)/.exec(timed.stderr) ?? [];
  return { seconds, cpu: Number(user) + Number(system), peakMb: Number(kb) / 1024 };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** @param warmUp whether a first round only warms the file cache. */
function compare(title, folder, times, warmUp = true) {
  const skipped = warmUp ? 1 : 0;
  const taken = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  const failed = {};
  for (let round = 0; round < times + skipped; round += 1) {
    for (const [name, command] of Object.entries(contenders)) {
      if (failed[name] !== undefined) continue;
      try {
        taken[name].push(run(command(folder), path.dirname(folder)));
      } catch (error) {
        failed[name] = error.message;
      }
    }
  }
  console.log(`\n${title}, median of ${times}`);
  const ours = median(taken['moe-check, new sources'].slice(skipped).map(({ seconds }) => seconds));
  for (const [name, all] of Object.entries(taken)) {
    if (failed[name] !== undefined) {
      console.log(`  ${name.padEnd(26)} ${failed[name]}`);
      continue;
    }
    const seconds = median(all.slice(skipped).map((one) => one.seconds));
    const cpu = median(all.slice(skipped).map((one) => one.cpu));
    const peak = Math.max(...all.map(({ peakMb }) => peakMb));
    console.log(
      `  ${name.padEnd(26)} ${seconds.toFixed(2).padStart(7)} s  ${(seconds / ours).toFixed(1).padStart(6)}×  processors ${cpu.toFixed(2).padStart(7)} s  ${peak.toFixed(0).padStart(5)} MB`,
    );
  }
}

/** The time from a save to the verdict in `moe-check watch`, once it had three seconds to itself. */
async function watch(folder, edits) {
  const env = { ...process.env, XDG_CACHE_HOME: path.join(path.dirname(folder), 'cache') };
  const watching = spawn(process.execPath, [path.join(root, 'bin/run.cjs'), 'watch', folder], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const verdict = async () => {
    for (let said = ''; !/GO|CANNOT TELL/.test(said);) said += String((await once(watching.stdout, 'data'))[0]);
  };
  const taken = [];
  try {
    await verdict();
    await sleep(3000);
    for (let edit = 0; edit < edits; edit += 1) {
      const judged = verdict();
      const began = performance.now();
      appendFileSync(path.join(folder, editedFile(folder)), `\ndef edit_${edit}(loss):\n    return {"loss": loss}\n`);
      await judged;
      taken.push((performance.now() - began) / 1000);
      await sleep(500);
    }
  } finally {
    watching.kill('SIGINT');
    await once(watching, 'exit');
  }
  console.log(
    `  ${'moe-check watch, after a save'.padEnd(26)} ${median(taken).toFixed(2)} s, at most ${Math.max(...taken).toFixed(2)} s`,
  );
}

function grow(folder, packages, counts) {
  console.log('\ngrowth, nothing kept and then all kept');
  for (const count of counts) {
    const grown = path.join(folder, `grown-${count}`);
    fill(grown, packages, count);
    const cold = run(moeCheck(grown, '--no-cache'), folder);
    run(moeCheck(grown), folder);
    const warm = run(moeCheck(grown), folder);
    const lines = linesOf(grown);
    const each = (seconds) => `${((seconds / lines) * 1000).toFixed(3)} ms a line`;
    console.log(
      `  ${String(count).padStart(6)} files, ${String(lines).padStart(7)} lines  ${cold.seconds.toFixed(2).padStart(6)} s, ${each(cold.seconds)}, processors ${each(cold.cpu)}, ${cold.peakMb.toFixed(0)} MB   ` +
        `${warm.seconds.toFixed(2).padStart(6)} s, ${each(warm.seconds)}`,
    );
    rmSync(grown, { recursive: true });
  }
}

function linesOf(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.py'))
    .reduce((sum, name) => sum + readFileSync(path.join(folder, name), 'latin1').split('\n').length - 1, 0);
}

/** A folder with that many files of real code; where there are not as many, some come again, each a little different. */
function fill(folder, packages, count) {
  const files = readdirSync(packages, { recursive: true })
    .filter((name) => name.endsWith('.py') && !name.includes('test'))
    .sort();
  for (let index = 0; index < count; index += 1) {
    const name = files[index % files.length];
    const to = path.join(folder, `round${Math.floor(index / files.length)}`, name);
    mkdirSync(path.dirname(to), { recursive: true });
    copyFileSync(path.join(packages, name), to);
    appendFileSync(to, `\n# ${index}\n`);
  }
}

/** The demo dashboard, with its modules again under other names until there are forty files. */
function dashboard(folder) {
  const demo = path.join(root, 'fixtures/dashboards/moe-hub');
  cpSync(demo, folder, { recursive: true });
  const modules = readdirSync(demo, { recursive: true }).filter((name) => name.endsWith('.py'));
  for (let index = 0; modules.length + index < 40; index += 1) {
    const name = modules[index % modules.length];
    const to = path.join(folder, `variant${Math.floor(index / modules.length)}`, name);
    mkdirSync(path.dirname(to), { recursive: true });
    copyFileSync(path.join(demo, name), to);
    appendFileSync(to, `\n# ${index}\n`);
  }
}

setUp();
const folder = mkdtempSync(path.join(tmpdir(), 'moe-check-bench-'));
try {
  const packages = readdirSync(path.join(root, '.venv/lib')).map((name) =>
    path.join(root, '.venv/lib', name, 'site-packages'),
  )[0];
  dashboard(path.join(folder, 'dashboard'));
  compare('a dashboard of 40 files', path.join(folder, 'dashboard'), rounds);
  await watch(path.join(folder, 'dashboard'), 4 * rounds);
  fill(path.join(folder, 'packages'), packages, 1000);
  compare('1,000 files of installed packages', path.join(folder, 'packages'), 1, false);
  grow(folder, packages, [100, 1000, 3000, 10_000]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
