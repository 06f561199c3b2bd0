// `npm run new:check contract/my-check`: writes the check, its test, its fixtures, its docs page and its registry line.
// What it writes compiles and passes the contract tests; the judgement in it is yours to replace.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const id = process.argv[2] ?? '';
const match = /^([a-z]+)\/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.exec(id);
if (match === null) {
  console.error('usage: npm run new:check GROUP/NAME   (lower case, words joined by dashes: contract/metric-keys)');
  process.exit(2);
}
const [, group, name] = match;
const camel = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
const files = {
  [`src/checks/${id}.ts`]: `import { defineCheck } from '../../engine/define.js';

export const ${camel} = defineCheck({
  id: '${id}',
  title: 'what holds when it passes, in a few words',
  why: 'the failure it prevents, in one sentence',
  severity: 'error',
  codes: { 'blank-in-path': 'a file whose path holds a blank' },
  needs: ['files'],
  run({ files }) {
    return files.python
      .filter(({ path }) => path.includes(' '))
      .map(({ path }) => ({
        code: 'blank-in-path',
        subject: path,
        message: \`the path of \${path} holds a blank\`,
        location: { file: path },
        fix: \`git mv "\${path}" "\${path.replaceAll(' ', '_')}"\`,
      }));
  },
});
`,
  [`test/checks/${id}.test.ts`]: `import { describe, expect, it } from 'vitest';
import { ${camel} } from '../../../src/checks/${id}.js';

const files = (path: string) => ({ python: [{ path, bytes: 1 }], hints: [], leftOut: [] });

describe('${id}', () => {
  it('fires', () => {
    expect(${camel}.run({ files: files('my app.py') })).toMatchObject([{ code: 'blank-in-path' }]);
  });

  it('stays silent', () => {
    expect(${camel}.run({ files: files('my_app.py') })).toEqual([]);
  });
});
`,
  [`fixtures/artifacts/${id}/pass.json`]: json({
    files: { python: [{ path: 'app.py', bytes: 1 }], hints: [], leftOut: [] },
  }),
  [`fixtures/artifacts/${id}/fail.json`]: json({
    files: { python: [{ path: 'my app.py', bytes: 1 }], hints: [], leftOut: [] },
  }),
  [`docs/checks/${group}-${name}.md`]: `# ${id}

## What it looks at

## Why it matters

## Codes

| code | severity | meaning |
| --- | --- | --- |
| \`blank-in-path\` | error | a file whose path holds a blank |

## How to fix

## False alarms, and how to silence one
`,
};

const taken = Object.keys(files).filter((file) => existsSync(path.join(root, file)));
if (taken.length > 0) {
  console.error(`nothing was written: ${taken.join(', ')} already there`);
  process.exit(2);
}
for (const [file, text] of Object.entries(files)) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
  console.log(`written: ${file}`);
}

const registry = path.join(root, 'src/checks/index.ts');
const before = readFileSync(registry, 'utf8');
const list = /\[([^\][]*)\];\s*$/.exec(before);
if (list === null) throw new Error('src/checks/index.ts does not end with the registry; add the line by hand');
const entries = [
  ...list[1]
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean),
  camel,
];
const imported = before.slice(0, list.index).replace(/\n\n/, `\nimport { ${camel} } from './${id}.js';\n\n`);
writeFileSync(registry, `${imported}[${entries.join(', ')}];\n`);
execFileSync(process.execPath, ['node_modules/oxfmt/bin/oxfmt', '--write', 'src/checks', 'test/checks'], { cwd: root });
console.log('registered at the end of src/checks/index.ts: move the line to where it belongs in the report');
