import { expect, it } from 'vitest';
import { checkTable } from '../../src/reporters/check-table.js';
import { docsPage } from '../../src/reporters/docs-page.js';
import { displayWidth } from '../../src/reporters/layout.js';

const page = `# \`incident/import\`

Every module, imported **in isolation**
by the interpreter of the dashboard, which takes about as long as one import of the heaviest package.

## Codes

| code | severity | meaning |
|---|---|---|
| \`module-missing\` | error | neither the repository nor the environment has the module that an import names |
| \`import-timeout\` | warning | it took longer than \`imports.timeout\`, a \\| b |

## How to fix

- Install it:
  \`pip install x\`
- Or remove the import.

\`\`\`sh
python -c "import core"
# a comment, no heading
\`\`\`

1. First
2. Second
`;

it('reads like text', () => {
  expect(docsPage(page, { width: 60, colour: false, unicode: true })).toMatchInlineSnapshot(`
    "incident/import

    Every module, imported in isolation by the interpreter of
    the dashboard, which takes about as long as one import of
    the heaviest package.

    Codes

      code            severity  meaning
      module-missing  error     neither the repository nor the
                                environment has the module that
                                an import names
      import-timeout  warning   it took longer than
                                imports.timeout, a | b

    How to fix

      - Install it: pip install x
      - Or remove the import.

        python -c "import core"
        # a comment, no heading

      1. First
      2. Second"
  `);
});

it.each([40, 60, 80])('stays within %i columns, in colour as well', (width) => {
  const text = docsPage(page, { width, colour: true, unicode: true });
  expect(text.split('\n').filter((line) => displayWidth(line) > width)).toEqual([]);
});

it('lists checks as a table', () => {
  const checks = [
    { id: 'incident/compile', severity: 'error', title: 'every Python file compiles' },
    { id: 'environment/drift', severity: 'warning', title: 'the environment is the one of the last green preflight' },
  ] as const;
  expect(checkTable(checks, { width: 60, colour: false, unicode: true })).toMatchInlineSnapshot(`
    "incident/compile   error    every Python file compiles
    environment/drift  warning  the environment is the one of
                                the last green preflight"
  `);
});
