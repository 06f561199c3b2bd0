import { createFixture } from 'fs-fixture';
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config-error.js';
import { loadConfigFile } from '../../src/config/config-file.js';

const fixtures: { rm(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(fixtures.splice(0).map((fixture) => fixture.rm()));
});

async function load(name: string, content: string) {
  const fixture = await createFixture({ [name]: content });
  fixtures.push(fixture);
  return loadConfigFile(fixture.getPath(name));
}

/** `line:column message | fix` of the error that a config gives. */
async function complaint(name: string, content: string): Promise<string> {
  const error: unknown = await load(name, content).catch((reason: unknown) => reason);
  if (!(error instanceof ConfigError)) throw new Error('expected a ConfigError', { cause: error });
  expect(error.file.endsWith(name)).toBe(true);
  const { line, column } = error.position ?? { line: '?', column: '?' };
  return `${line}:${column} ${error.message}${error.fix === undefined ? '' : ` | ${error.fix}`}`;
}

const yaml = (content: string) => complaint('moe-check.config.yaml', content);
const json = (content: string) => complaint('moe-check.config.json', content);
const toml = (content: string) => complaint('pyproject.toml', content);

describe('what is accepted', () => {
  it.each([
    ['an empty file', ''],
    ['comments alone', '# nothing yet\n'],
    ['a byte order mark', '\uFEFFentry: app.py\n'],
    ['Windows line ends', 'entry: app.py\r\ntier: static\r\n'],
    ['anchors and merges', 'launch: &l { timeout: 5 }\nimports: *l\nnetwork: { <<: *l }\n'],
  ])('%s in YAML', async (_, content) => {
    await expect(load('moe-check.config.yaml', content)).resolves.toBeDefined();
  });

  it('resolves anchors', async () => {
    const config = await load('c.yaml', 'launch: &l { timeout: 5 }\nimports: *l\n');
    expect(config.imports).toEqual({ timeout: 5 });
  });

  it('JSON, indented by tabs, with a $schema', async () => {
    const config = await load('c.json', '{\n\t"$schema": "./x.json",\n\t"launch": {\n\t\t"port": 8501\n\t}\n}\n');
    expect(config.launch).toEqual({ port: 8501 });
  });

  it('the table of a pyproject.toml, among others', async () => {
    const content = '[project]\nname = "d"\n[tool.moe-check]\nentry = "app.py"\n[tool.moe-check.launch]\nport = 1\n';
    expect(await load('pyproject.toml', content)).toEqual({ entry: 'app.py', launch: { port: 1 } });
  });
});

describe('what does not parse', () => {
  it.each([
    ['entry: [a', /^1:10 the config does not parse: Flow sequence .*must/],
    ['entry: a.py\nentry: b.py\n', /^2:1 the config does not parse: Map keys must be unique/],
    ['a: 1\n---\nb: 2\n', /^2:1 the config does not parse: a second document begins here/],
    ['entry: *nothing\n', /the config does not parse: .*nothing/],
    ['\tentry: a\n', /^1:\d+ the config does not parse: .*Tab/i],
  ])('YAML %j', async (content, expected) => {
    expect(await yaml(content)).toMatch(expected);
  });

  it('JSON', async () => {
    expect(await json('{\n  "entry": "a.py"\n  "tier": "static"\n}')).toMatch(/^[23]:\d+ the config does not parse/);
  });

  it('TOML', async () => {
    expect(await toml('[tool.moe-check]\nentry = app.py\n')).toMatch(/^2:\d+ the config does not parse: Invalid TOML/);
    expect(await toml('[tool.moe-check]\ntier = "a"\ntier = "b"\n')).toMatch(/^3:\d+ the config does not parse/);
  });
});

describe('what is not as the schema has it', () => {
  it.each([
    ['- entry\n', '1:1 the config must be a map of keys, not a list'],
    ['just text\n', '1:1 the config must be a map of keys, not "just text"'],
    [
      'entry: a.py\nlaunch:\n  prot: 1\n',
      '3:3 unknown key "launch.prot"; did you mean "port"? | Known here: command, health, port, args, env, timeout.',
    ],
    ['launch:\n  port: "8501"\n', '2:3 "launch.port" must be a whole number, not "8501"'],
    ['launch:\n  port: 0\n', '2:3 "launch.port" must be at least 1, not 0'],
    ['launch:\n  port: 70000\n', '2:3 "launch.port" must be at most 65535, not 70000'],
    ['launch:\n  timeout: 0\n', '2:3 "launch.timeout" must be more than 0, not 0'],
    ['imports: 60\n', '1:1 "imports" must be a map of keys, not 60'],
    ['imports:\n', '1:1 "imports" must be a map of keys, not null'],
    ['tier: lunch\n', '1:1 "tier" must be one of static, import, launch, not "lunch"; did you mean "launch"?'],
    ['failOn: never\n', '1:1 "failOn" must be one of info, warning, error, not "never"'],
    [
      'modules: [core.config, core-config]\n',
      '1:24 "modules.1" must be a dotted module name such as core.config, not "core-config"',
    ],
    [
      'symbols:\n  - core.config\n',
      '2:5 "symbols.0" must be module:name, such as core.architecture:MoEModel.forward, not "core.config"',
    ],
    ['launch:\n  env:\n    PORT: 8501\n', '3:5 "launch.env.PORT" must be a text, not 8501 | Put it in quotes: "8501".'],
    ['launch:\n  env:\n    A B: "1"\n', '3:5 "launch.env.A B" must be the name of an environment variable, not "A B"'],
    ['network:\n  endpoints:\n    - timeout: 1\n', '3:7 "network.endpoints.0" lacks the key "url"'],
    [
      'network: { endpoints: [{ url: "mlflow:5000" }] }\n',
      '1:26 "network.endpoints.0.url" must be an address such as https://host/path or tcp://host:port, not "mlflow:5000"',
    ],
    [
      'launch: { health: healthz }\n',
      '1:11 "launch.health" must be a path such as /health, or an http address, not "healthz"',
    ],
    [
      'plots: { list: components.live_graph }\n',
      '1:10 "plots.list" must be module:name, such as core.architecture:MoEModel.forward, not "components.live_graph"',
    ],
    [
      'plots:\n  factor: {}\n',
      '2:3 unknown key "plots.factor"; did you mean "factors"? | Known here: list, config, factors, overrides, combinations, expected.',
    ],
    ['plots: { factors: {} }\n', '1:10 "plots.factors" must not be empty | Leave the key out to have it found.'],
    ['plots:\n  factors:\n    mode: gnn\n', '3:5 "plots.factors.mode" must be a list, not "gnn"'],
    [
      'plots: { factors: { mode: [gnn, null] } }\n',
      '1:33 "plots.factors.mode.1" must be a text or a number or true or false, not null',
    ],
    ['plots: { combinations: [gnn] }\n', '1:25 "plots.combinations.0" must be a map of keys, not "gnn"'],
    [
      'plots: { expected: { Training Loss: always } }\n',
      '1:22 "plots.expected.Training Loss" must be a map of keys or a list, not "always"',
    ],
    ['checks: { only: [] }\n', '1:11 "checks.only" must not be empty | Leave the key out to have it found.'],
    ['entry: ""\n', '1:1 "entry" must not be empty | Leave the key out to have it found.'],
    ['exclude: [a, a]\n', '1:1 "exclude" holds the same item twice'],
    [
      'tier: x\nentry: 5\n',
      '1:1 "tier" must be one of static, import, launch, not "x"; also line 2: "entry" must be a text, not 5',
    ],
    [
      'launch: &l { prot: 5 }\nimports: *l\n',
      '1:14 unknown key "launch.prot"; did you mean "port"?; also line 2: unknown key "imports.prot" | Known here: command, health, port, args, env, timeout.',
    ],
  ])('%j', async (content, expected) => {
    expect(await yaml(content)).toBe(expected);
  });

  it('says the place in JSON', async () => {
    expect(await json('{\n  "launch": {\n    "port": true\n  }\n}')).toBe(
      '3:5 "launch.port" must be a whole number, not true',
    );
  });

  it.each([
    ['[tool.moe-check]\nteir = "static"\n', '2:1 unknown key "teir"; did you mean "tier"?'],
    ['[tool.moe-check]\nlaunch.port = "x"\n', '2:1 "launch.port" must be'],
    ['[tool.moe-check.launch]\n  port = "x"\n', '2:3 "launch.port" must be'],
    ['[tool.moe-check]\nlaunch = { port = "x" }\n', '2:1 "launch.port" must be'],
    ['[tool.moe-check]\nentry = """\ntier = 1\n"""\n\ntier = "x"\n', '6:1 "tier" must be'],
    ['[tool."moe-check"]\n\'tier\' = "x"\n', '2:1 "tier" must be'],
    [
      '[[tool.moe-check.network.endpoints]]\nurl = "http://a"\n[[tool.moe-check.network.endpoints]]\nurl = "a"\n',
      '4:1 "network.endpoints.1.url" must be an address such as https://host/path or tcp://host:port',
    ],
    ['[other]\ntier = "x"\n[tool.moe-check]\nentry = 5\n', '4:1 "entry" must be a text'],
  ])('says the place in TOML %j', async (content, expected) => {
    expect((await toml(content)).slice(0, expected.length)).toBe(expected);
  });
});
