import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { readUserConfig } from '../../../src/collectors/leftovers/streamlit-config.js';
import { exec } from '../../../src/util/exec.js';
import { python } from '../../python.js';

/** Where each option is set, as `streamlit config show` tells it: by the comment above its value. */
async function whereSet(cwd: string, env: Record<string, string>): Promise<Record<string, string>> {
  const { stdout, exitCode, stderr } = await exec(python, ['-B', '-m', 'streamlit', 'config', 'show'], { cwd, env });
  if (exitCode !== 0) throw new Error(stderr);
  const told: Record<string, string> = {};
  let section = '';
  let where = '';
  for (const line of stdout.split('\n')) {
    section = /^\[(.+)\]$/.exec(line)?.[1] ?? section;
    where = /^# The value below was set in (.+)$/.exec(line)?.[1] ?? where;
    const option = /^(\w+) = /.exec(line)?.[1];
    if (option !== undefined) told[`${section}.${option}`] = where;
  }
  return told;
}

describe("the user's config.toml", () => {
  it('decides what Streamlit itself says it decides', async () => {
    await using machine = await createFixture({
      'home/.streamlit/config.toml':
        '[server]\nport = 9000\nheadless = true\nmaxUploadSize = 50\nenableCORS = false\n[runner]\nmagicEnabled = false\n[client]\ntoolbarMode = "minimal"\n',
      'app/.streamlit/config.toml': 'server.headless = false\n[theme]\nbase = "dark"\n',
    });
    const home = machine.getPath('home');
    const env = { HOME: home, STREAMLIT_SERVER_MAX_UPLOAD_SIZE: '10', STREAMLIT_SERVER_ENABLE_CORS: 'true' };
    const config = await readUserConfig(home, [machine.getPath('app')], env);
    expect(config?.options).toEqual({
      'server.port': '9000',
      'server.headless': 'true',
      'server.maxUploadSize': '50',
      'server.enableCORS': 'false',
      'runner.magicEnabled': 'false',
      'client.toolbarMode': 'minimal',
    });
    const names = Object.keys(config?.options ?? {});
    const told = await whereSet(machine.getPath('app'), env);
    const decided = names.filter((name) => !config?.setNearer.includes(name));
    expect(decided).toEqual(names.filter((name) => told[name] === config?.file));
    expect(decided).toEqual(['server.port', 'runner.magicEnabled', 'client.toolbarMode']);
  });

  it('gives way to the one beside the script as well as to the one where it is started', async () => {
    await using machine = await createFixture({
      'home/.streamlit/config.toml': '[server]\nport = 9000\n',
      'app/pages/.streamlit/config.toml': '[server]\nport = 1\n',
    });
    const folders = [machine.getPath('app'), machine.getPath('app/pages')];
    expect(await readUserConfig(machine.getPath('home'), folders, {})).toMatchObject({ setNearer: ['server.port'] });
  });

  it.each([
    ['is not there', {}],
    ['is empty', { 'home/.streamlit/config.toml': '# nothing\n' }],
    ['is no TOML, which Streamlit logs and passes over', { 'home/.streamlit/config.toml': '[server\nport = 1' }],
    ['is a folder', { 'home/.streamlit/config.toml/x': '' }],
  ])('says nothing when it %s', async (_, files) => {
    await using machine = await createFixture({ 'app/app.py': '', ...files });
    expect(await readUserConfig(machine.getPath('home'), [machine.getPath('app')], {})).toBeUndefined();
  });

  it('is not its own project: a dashboard in the home folder', async () => {
    await using machine = await createFixture({ '.streamlit/config.toml': '[server]\nport = 9000\n' });
    const config = await readUserConfig(machine.path.replace(/\/$/, ''), [machine.path.replace(/\/$/, '')], {});
    expect(config?.setNearer).toEqual([]);
  });
});
