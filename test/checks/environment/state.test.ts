import { describe, expect, it } from 'vitest';
import { state } from '../../../src/checks/environment/state.js';
import type { Leftovers } from '../../../src/collectors/leftovers.js';
import type { Project } from '../../../src/collectors/project.js';
import type { FileFacts, ImportUse } from '../../../src/source/types.js';
import { importsIn, project } from './world.js';

const clean: Leftovers = { dashboards: [], bytecode: [], hubFiles: [], memos: [] };

function judge(found: Partial<Leftovers>, source: readonly FileFacts[] = [], shape: Partial<Project> = {}) {
  const result = state.run({
    leftovers: { ...clean, ...found },
    source: { files: source },
    project: { ...project(), ...shape },
  });
  if ('notApplicable' in result) throw new Error(result.notApplicable);
  return result;
}

const verdicts = (...given: Parameters<typeof judge>) =>
  judge(...given).map(({ severity = 'warning', code, subject }) => `${severity} ${code} ${subject}`);

const running = { pid: 4711, script: 'app.py', ports: [8502], orphaned: false };
const hubFile = { file: '/c/model.safetensors', repo: 'gpt2', excused: false, bytes: 5 };
const config = (options: Record<string, string>, setNearer: readonly string[] = []) => ({
  userConfig: { file: '/home/me/.streamlit/config.toml', options, setNearer },
});

/** `from ..core import model` in that file. */
function importing(path: string, use: Partial<ImportUse>): FileFacts[] {
  const [file] = [importsIn(path, [''])];
  return [{ ...file, imports: file.imports.map((each) => ({ ...each, ...use })) }];
}

const pinned = { port: { number: 8501, pinned: true, how: 'README' } };

type Case = [title: string, fires: string[], ...given: Parameters<typeof judge>];

describe('environment/state fires', () => {
  const cases: Case[] = [
    [
      'for a dashboard that nobody holds',
      ['warning orphan-process app.py'],
      { dashboards: [{ ...running, orphaned: true }] },
    ],
    ['for one on the wanted port', ['warning orphan-process app.py'], { dashboards: [{ ...running, ports: [8501] }] }],
    [
      'as a note for one in another terminal, on another port',
      ['info orphan-process app.py'],
      { dashboards: [running] },
    ],
    [
      'for each one',
      ['info orphan-process app.py', 'info orphan-process b.py'],
      { dashboards: [running, { ...running, script: 'b.py', ports: [] }] },
    ],
    [
      'for a module that only bytecode is left of',
      ['warning stale-bytecode core/model.pyc'],
      { bytecode: ['core/model.pyc'] },
      [importsIn('app.py', ['core.model'])],
    ],
    [
      'for one imported by name from its package',
      ['warning stale-bytecode core/model.pyc'],
      { bytecode: ['core/model.pyc'] },
      importing('app.py', { module: 'core', names: ['model'] }),
    ],
    [
      'for one imported relatively',
      ['warning stale-bytecode core/model.pyc'],
      { bytecode: ['core/model.pyc'] },
      importing('core/train.py', { level: 1, names: ['model'] }),
    ],
    [
      'for one imported relatively from further away',
      ['warning stale-bytecode core/model.pyc'],
      { bytecode: ['core/model.pyc'] },
      importing('ui/pages/a.py', { level: 3, module: 'core.model', names: ['Model'] }),
    ],
    [
      'for one below the source root',
      ['warning stale-bytecode src/core/model.pyc'],
      { bytecode: ['src/core/model.pyc'] },
      [importsIn('src/app.py', ['core.model.layers'])],
      { sourceRoot: 'src' },
    ],
    [
      'for a package that only bytecode is left of',
      ['warning stale-bytecode core/__init__.pyc'],
      { bytecode: ['core/__init__.pyc'] },
      [importsIn('app.py', ['core.model'])],
    ],
    [
      'for bytecode in front of an installed package',
      ['warning stale-bytecode numpy.pyc'],
      { bytecode: ['numpy.pyc'] },
      [importsIn('app.py', ['numpy'])],
    ],
    [
      'for weights that are cut off',
      ['error corrupt-cache gpt2: model.safetensors'],
      { hubFiles: [{ ...hubFile, state: 'truncated', expectedBytes: 500 }] },
    ],
    [
      'with less weight when the code expects that it may fail',
      ['warning corrupt-cache gpt2: model.safetensors'],
      { hubFiles: [{ ...hubFile, state: 'empty', excused: true }] },
    ],
    [
      'as a note for a download that will go on',
      ['info corrupt-cache gpt2: model.safetensors'],
      { hubFiles: [{ ...hubFile, state: 'interrupted' }] },
    ],
    [
      'for a kept result that is damaged',
      ['warning corrupt-cache st.cache_data: f-1.memo'],
      { memos: [{ file: '/home/me/.streamlit/cache/f-1.memo', state: 'empty', bytes: 0 }] },
    ],
    ['for a port of the user', ['warning overriding-config server.port'], config({ 'server.port': '9000' })],
    [
      'for a path of the user',
      ['warning overriding-config server.baseUrlPath'],
      config({ 'server.baseUrlPath': 'dash' }),
      [],
      pinned,
    ],
    [
      'for developing Streamlit itself',
      ['warning overriding-config global.developmentMode'],
      config({ 'global.developmentMode': 'true' }),
    ],
    [
      'for a stricter session',
      ['warning overriding-config runner.enforceSerializableSessionState'],
      config({ 'runner.enforceSerializableSessionState': 'true', 'theme.base': 'dark' }),
    ],
    [
      'as a note for what only surprises',
      ['info overriding-config server.headless', 'info overriding-config client.showErrorDetails'],
      config({ 'server.headless': 'true', 'client.showErrorDetails': 'none' }),
    ],
  ];
  it.each(cases)('%s', (_, fires, ...given) => {
    expect(verdicts(...given)).toEqual(fires);
  });
});

describe('environment/state stays silent', () => {
  const stale = { bytecode: ['core/model.pyc'] };
  const cases: [title: string, ...given: Parameters<typeof judge>][] = [
    ['on a clean machine', {}],
    ['for bytecode that nobody imports', stale, [importsIn('app.py', ['core', 'core.models', 'numpy'])]],
    ['for a name that only ends alike', stale, [importsIn('app.py', ['other.core.model', 'model'])]],
    ['for another attribute of the package', stale, importing('app.py', { module: 'core', names: ['Model', 'train'] })],
    ['for a relative import elsewhere', stale, importing('ui/train.py', { level: 1, names: ['model'] })],
    [
      'for bytecode at the root, imported relatively in a package',
      { bytecode: ['model.pyc'] },
      importing('core/train.py', { level: 1, names: ['model'] }),
    ],
    [
      'for what is below a source root only, asked for from the root',
      { bytecode: ['src/model.pyc'] },
      [importsIn('app.py', ['model'])],
      { sourceRoot: '.' },
    ],
    [
      'for options that the project sets too',
      config({ 'server.port': '9000', 'server.baseUrlPath': 'x' }, ['server.port', 'server.baseUrlPath']),
    ],
    ['for a port that the launch gives anyway', config({ 'server.port': '9000' }), [], pinned],
    [
      'for options set to their default',
      config({
        'server.port': '8501',
        'server.headless': 'false',
        'runner.magicEnabled': 'true',
        'server.baseUrlPath': '',
        'global.developmentMode': 'false',
      }),
    ],
    [
      'for matters of taste',
      config({
        'theme.base': 'dark',
        'browser.gatherUsageStats': 'false',
        'logger.level': 'info',
        'server.runOnSave': 'true',
      }),
    ],
    ['for addresses of this machine', config({ 'server.address': 'localhost' })],
  ];
  it.each(cases)('%s', (_, ...given) => {
    expect(verdicts(...given)).toEqual([]);
  });
});

it('says what to do', () => {
  const [process] = judge({ dashboards: [{ ...running, orphaned: true }] });
  expect(process).toMatchObject({
    message: 'an earlier launch of app.py still runs on port 8502 (process 4711), and no terminal holds it any more',
    fix: 'kill 4711',
  });
  const [file] = judge({ hubFiles: [{ ...hubFile, state: 'truncated', expectedBytes: 500 }] });
  expect(file).toMatchObject({
    evidence: ['/c/model.safetensors: 5 of 500 bytes'],
    fix: 'hf download gpt2 model.safetensors --force-download',
  });
});
