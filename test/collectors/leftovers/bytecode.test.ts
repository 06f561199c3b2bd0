import { rm } from 'node:fs/promises';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { findSourcelessBytecode } from '../../../src/collectors/leftovers/bytecode.js';
import { exec } from '../../../src/util/exec.js';
import { python } from '../../python.js';

const files = {
  'app.py': '',
  'gone.py': 'x = 1',
  'kept.py': 'x = 1',
  'shadowed.py': 'x = 1',
  'shadowed/__init__.py': 'x = 2',
  'core/__init__.py': '',
  'core/model.py': 'x = 1',
  'old/__init__.py': 'x = 1',
  'not-a-name.py': '',
};

/** A project whose files were compiled beside their sources, some of which are gone. */
async function compiled(...gone: string[]) {
  const project = await createFixture(files);
  const { exitCode, stderr } = await exec(python, ['-m', 'compileall', '-q', '-b', project.path]);
  if (exitCode !== 0) throw new Error(stderr);
  for (const file of gone) await rm(project.getPath(file));
  return project;
}

async function imports(root: string, module: string): Promise<boolean> {
  const { exitCode } = await exec(python, ['-B', '-c', `import ${module}`], {
    cwd: root,
    env: { PYTHONSAFEPATH: undefined },
  });
  return exitCode === 0;
}

describe('bytecode without source', () => {
  it('is found where Python imports it, and only there', async () => {
    await using project = await compiled('gone.py', 'core/model.py', 'old/__init__.py', 'shadowed.py', 'not-a-name.py');
    const found = await findSourcelessBytecode(project.path, ['.', 'core', 'shadowed']);
    expect(found).toEqual(['core/model.pyc', 'gone.pyc', 'old/__init__.pyc']);
    for (const module of ['gone', 'core.model', 'old']) expect(await imports(project.path, module)).toBe(true);
  });

  it('is no matter in __pycache__, beside its source or a package, or under no name', async () => {
    await using project = await createFixture(files);
    await exec(python, ['-m', 'compileall', '-q', project.path]);
    await rm(project.getPath('gone.py'));
    expect(await findSourcelessBytecode(project.path, ['.', 'core', 'old', 'shadowed', 'no/such'])).toEqual([]);
    expect(await imports(project.path, 'gone')).toBe(false);
    await using both = await compiled();
    expect(await findSourcelessBytecode(both.path, ['.', 'core', 'old', 'shadowed'])).toEqual([]);
  });
});
