// Writes schemas/ from the TypeScript types, which are the one place where an artifact's shape is said.
// `node scripts/schemas.mjs --check` only compares, and exits 1 when a schema is out of date.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const root = fileURLToPath(new URL('..', import.meta.url));
const pascal = (name) => name.replace(/(^|-)(\w)/g, (_, _dash, letter) => letter.toUpperCase());

async function* wanted() {
  yield ['report', 'src/engine/report.ts', 'Report'];
  yield ['error', 'src/cli/error-document.ts', 'ErrorDocument'];
  yield ['plots-report', 'src/cli/plots-report.ts', 'PlotsReport'];
  yield ['artifacts-manifest', 'src/engine/artifacts-folder.ts', 'ArtifactsManifest'];
  yield ['signatures', 'src/triage/signatures.ts', 'Signatures'];
  yield ['advisories', 'src/advisories/advisories.ts', 'KnownAdvisories'];
  yield ['probes/list-distributions', 'src/python/distributions.ts', 'ListedDistributions'];
  yield ['probes/plot-lists', 'src/collectors/plot-lists.ts', 'ToldPlotLists'];
  yield ['probes/supervise', 'src/collectors/launch/dashboard.ts', 'SupervisorEvent'];
  yield ['probes/streamlit-client', 'src/collectors/launch/page-runs.ts', 'ClientAnswer'];
  yield ['saved-artifact', 'src/engine/artifacts-folder.ts', 'SavedArtifact'];
  yield ['comparison', 'src/metrics/compare/compare-runs.ts', 'Comparison'];
  yield ['golden', 'src/metrics/compare/golden.ts', 'Golden'];
  yield ['golden-update', 'src/metrics/compare/update-golden.ts', 'GoldenUpdate'];
  yield ['run-manifest', 'src/metrics/run-folder.ts', 'RunManifest'];
  yield ['run-summary', 'src/metrics/run-folder.ts', 'RunSummary'];
  yield ['training', 'src/reference/training/report.ts', 'TrainingReport'];
  yield ['validation', 'src/metrics/validate/validate-path.ts', 'ValidationReport'];
  for (const entry of (await readdir(path.join(root, 'src/collectors'), { withFileTypes: true })).sort()) {
    const name = entry.name.replace(/\.ts$/, '');
    if (entry.isFile() && name !== 'index') yield [`artifacts/${name}`, `src/collectors/${entry.name}`, pascal(name)];
  }
}

async function generate(name, file, type) {
  const generator = createGenerator({
    path: path.join(root, file),
    tsconfig: path.join(root, 'tsconfig.json'),
    type,
    topRef: false,
    skipTypeCheck: true,
    additionalProperties: false,
  });
  const { $schema: _draft7, definitions, ...schema } = generator.createSchema(type);
  // The generator speaks draft 7; what it emits means the same in 2020-12, but for where definitions live.
  const head = { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: `moe-check/${name}`, title: type };
  const body = { ...head, ...schema, ...(definitions === undefined ? {} : { $defs: definitions }) };
  return `${JSON.stringify(body, null, 2).replaceAll('"#/definitions/', '"#/$defs/')}\n`;
}

const check = process.argv.includes('--check');
let stale = 0;
for await (const [name, file, type] of wanted()) {
  const target = path.join(root, `schemas/${name}.schema.json`);
  const text = await generate(name, file, type);
  const before = await readFile(target, 'utf8').catch(() => '');
  if (before === text) continue;
  stale += 1;
  console.log(`${check ? 'out of date' : 'written'}: ${path.relative(root, target)}`);
  if (check) continue;
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
}
if (check && stale > 0) {
  console.error('Run `npm run schemas` and commit what it writes.');
  process.exitCode = 1;
}
