import { expect, test } from 'vitest';
import { reachingIn } from '../../../src/plots/fabricated/reaching.js';
import { loadPythonParser } from '../../../src/source/parser.js';
import { syntaxOf } from '../../../src/source/syntax/read.js';
import { positionOf } from '../../../src/source/syntax/tree.js';
import { expressionsOfModule } from '../../../src/source/syntax/walk.js';

/** The lines that may have given `x` its value where `use(x)` reads it. */
async function linesThatReach(text: string): Promise<number[]> {
  const syntax = syntaxOf(await loadPythonParser(), text);
  const reaching = reachingIn(syntax.body);
  const lines: number[] = [];
  for (const call of expressionsOfModule(syntax)) {
    if (call.kind !== 'Call' || call.callee.kind !== 'Name' || call.callee.id !== 'use') continue;
    const [read] = call.args.map(({ value }) => value);
    if (read?.kind !== 'Name') continue;
    for (const definition of reaching.at(read)) {
      if (definition.kind !== 'parameter') lines.push(positionOf(syntax, definition.statement.at).line);
    }
  }
  return lines.sort((a, b) => a - b);
}

test.each<[name: string, text: string, lines: number[]]>([
  ['the last one', 'x = 1\nx = 2\nuse(x)\nx = 3\n', [2]],
  ['one of two branches', 'x = 1\nif a:\n    x = 2\nuse(x)\n', [1, 3]],
  ['either of two branches', 'x = 1\nif a:\n    x = 2\nelse:\n    x = 3\nuse(x)\n', [3, 5]],
  [
    'not a branch that leaves',
    'def f():\n    pass\nx = 1\nwhile a:\n    if b:\n        x = 2\n        break\n    x = 3\n    use(x)\n',
    [8],
  ],
  ['an earlier round of the loop', 'x = 1\nfor i in a:\n    use(x)\n    x = 2\n', [1, 4]],
  ['a loop that is gone through', 'x = 1\nfor i in a:\n    x = 2\nuse(x)\n', [3]],
  ['the body or the handler', 'try:\n    x = 1\nexcept E:\n    x = 2\nuse(x)\n', [2, 4]],
  ['the handler, before or after what failed', 'x = 0\ntry:\n    x = 1\nexcept E:\n    use(x)\n', [1, 3]],
  ['a with', 'with a as x:\n    use(x)\n', [1]],
  ['an update', 'x = 1\nx += 2\nuse(x)\n', [2]],
  ['a case', 'x = 1\nmatch a:\n    case 1:\n        x = 2\nuse(x)\n', [1, 4]],
  ['a part of a tuple', 'x, y = 1, 2\nuse(x)\n', [1]],
  ['nothing', 'use(x)\nx = 1\n', []],
])('%s', async (_, text, lines) => {
  expect(await linesThatReach(text)).toEqual(lines);
});
