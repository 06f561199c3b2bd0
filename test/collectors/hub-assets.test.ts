import { createFixture } from 'fs-fixture';
import { expect, test } from 'vitest';
import { hubAssetsCollector } from '../../src/collectors/hub-assets.js';
import type { Project, ProjectFile } from '../../src/collectors/project.js';
import type { CallUse, FileFacts } from '../../src/source/types.js';
import { settings } from '../engine/stand-ins.js';

const file = (path: string, repo: string): FileFacts => ({
  path,
  hasSyntaxErrors: false,
  imports: [],
  definitions: [],
  definesDynamically: false,
  calls: [
    {
      callee: 'AutoModel.from_pretrained',
      arguments: { 0: repo },
      line: 3,
      column: 1,
      guarded: false,
    } satisfies CallUse,
  ],
  hasMainGuard: false,
});

const entry = { path: 'app.py', how: 'named in the config' };

async function find(files: readonly [ProjectFile, string][], entry?: Project['entry']) {
  await using fixture = await createFixture({ 'src/gpt2/config.json': '{}', 'weights/best/config.json': '{}' });
  const project: Project = {
    root: fixture.path,
    run: { viaModule: false, folder: '.', args: [] },
    sourceRoot: 'src',
    port: { number: 8501, pinned: false, how: 'default' },
    files: files.map(([each]) => each),
    outsideModules: [],
    ...(entry === undefined ? {} : { entry }),
  };
  const source = { files: files.map(([{ path }, repo]) => file(path, repo)) };
  const { assets } = await hubAssetsCollector.collect({
    settings: { ...settings, root: fixture.path },
    signal: new AbortController().signal,
    artifacts: { source, project },
  });
  return assets.map(({ repo, askedBy }) => [repo, askedBy[0]?.excuse]);
}

test('leaves out tests and folders of the dashboard; what the entry does not reach is only noted', async () => {
  expect(
    await find(
      [
        [{ path: 'app.py', role: 'entry', reachable: true }, 'org/entry'],
        [{ path: 'pages/one.py', role: 'page', reachable: false }, 'org/page'],
        [{ path: 'core/model.py', role: 'module', reachable: true }, 'org/used'],
        [{ path: 'core/old.py', role: 'module', reachable: false }, 'org/unused'],
        [{ path: 'export.py', role: 'script', reachable: false }, 'org/script'],
        [{ path: 'test_model.py', role: 'test', reachable: false }, 'org/test'],
        [{ path: 'core/own.py', role: 'module', reachable: true }, 'gpt2'],
        [{ path: 'core/best.py', role: 'module', reachable: true }, 'weights/best'],
      ],
      entry,
    ),
  ).toEqual([
    ['org/entry', undefined],
    ['org/page', undefined],
    ['org/script', 'unreached'],
    ['org/unused', 'unreached'],
    ['org/used', undefined],
  ]);
});

test('without an entry nothing counts as unreached', async () => {
  const script: ProjectFile = { path: 'export.py', role: 'script', reachable: false };
  expect(await find([[script, 'org/script']])).toEqual([['org/script', undefined]]);
});
