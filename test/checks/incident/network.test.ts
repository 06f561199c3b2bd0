import { expect, test } from 'vitest';
import { network } from '../../../src/checks/incident/network.js';
import type { Network } from '../../../src/collectors/network.js';
import type { AssetState, EndpointProbe, HubCall, WithoutHub } from '../../../src/network/types.js';

const environment: Network['environment'] = {
  offline: false,
  hubEndpoint: 'https://huggingface.co',
  cacheFolder: '/home/ana/.cache/huggingface/hub',
  hasToken: false,
  etagTimeoutS: 10,
};
const call: HubCall = { file: 'app.py', line: 3, callee: 'AutoModel.from_pretrained' };
const complete = { state: 'complete' as const, missing: [] };
const asset = (change: Partial<AssetState> = {}): AssetState => ({
  kind: 'model',
  repo: 'gpt2',
  revision: 'main',
  files: [],
  loads: ['model'],
  localOnly: false,
  askedBy: [call],
  cache: { state: 'absent', missing: [] },
  ...change,
});
const probe = (change: Partial<EndpointProbe> = {}): EndpointProbe => ({
  url: 'https://huggingface.co',
  role: 'hub',
  steps: [{ step: 'first-byte', durationMs: 80, ok: true }],
  status: 200,
  slowAfterMs: 5000,
  ...change,
});
const { status: _none, ...unanswered } = probe();
const deaf = (step: EndpointProbe['steps'][number]['step'], code: string, error = 'why'): EndpointProbe => ({
  ...unanswered,
  steps: [{ step, durationMs: 5, ok: false, code, error }],
});
const without = (change: Partial<WithoutHub> = {}): WithoutHub => ({
  reason: 'no answer within 15 s',
  hangS: 10,
  usesCache: true,
  ...change,
});

function judge(given: Partial<Network>, more: Partial<Network['environment']> = {}) {
  const result = network.run({
    network: { endpoints: [], assets: [], ...given, environment: { ...environment, ...more } },
  });
  if ('notApplicable' in result) throw new Error(result.notApplicable);
  return result;
}
const codes = (given: Partial<Network>) => judge(given).map(({ code, severity }) => `${code} ${severity}`);

test('nothing asked for passes', () => {
  expect(judge({})).toEqual([]);
});

test('offline but safe: a complete cache passes, anything less does not', () => {
  const offline = { notAsked: 'HF_HUB_OFFLINE' };
  expect(judge({ assets: [asset({ ...offline, cache: complete })] }, { offline: true })).toEqual([]);
  const [absent] = judge({ assets: [asset(offline)] });
  expect(absent).toMatchObject({
    code: 'not-cached',
    severity: 'error',
    subject: 'model gpt2',
    fix: 'HF_HUB_OFFLINE=0 hf download gpt2',
  });
  const [dataset] = judge({
    assets: [
      asset({ ...offline, repo: 'wikitext', kind: 'dataset', loads: ['dataset'], config: 'raw', revision: 'v2' }),
    ],
  });
  expect(dataset?.subject).toBe('dataset wikitext (raw) at v2');
  expect(dataset?.fix).toContain(`"import datasets; datasets.load_dataset('wikitext', 'raw', revision='v2')"`);
  const [partial] = judge({
    assets: [asset({ ...offline, cache: { state: 'partial', missing: ['model-2.safetensors'] } })],
  });
  expect(partial?.message).toBe(
    'gpt2 has to come from the local cache (HF_HUB_OFFLINE), which lacks model-2.safetensors.',
  );
});

test('a Hub that answers passes, whatever the cache holds', () => {
  expect(judge({ endpoints: [probe()], assets: [asset({ remote: { status: 200, file: 'config.json' } })] })).toEqual(
    [],
  );
  expect(
    judge({
      endpoints: [probe()],
      assets: [asset({ remote: { status: 404, file: 'config.json', errorCode: 'EntryNotFound' } })],
    }),
  ).toEqual([]);
});

test('a silent Hub with everything cached: one warning that says how long every launch hangs', () => {
  const assets = [
    asset({ cache: complete, withoutHub: without() }),
    asset({ repo: 'bert', cache: complete, withoutHub: without() }),
  ];
  const findings = judge({ endpoints: [deaf('first-byte', 'timeout')], assets });
  expect(findings).toMatchObject([
    {
      code: 'unreachable',
      severity: 'warning',
      message:
        "The Hub can't be reached (no answer within 15 s), but gpt2, bert can be loaded from the local cache: every launch first hangs at least 10 s.",
      fix: 'export HF_HUB_OFFLINE=1',
    },
  ]);
});

test('a silent Hub with something missing: one error that names the assets', () => {
  const assets = [
    asset({ withoutHub: without({ hangS: 393 }) }),
    asset({
      repo: 'org/set',
      kind: 'dataset',
      loads: ['snapshot'],
      revision: 'v2',
      withoutHub: without({ hangS: 393 }),
    }),
    asset({ repo: 'bert', cache: complete, withoutHub: without() }),
  ];
  expect(judge({ endpoints: [deaf('connect', 'ECONNREFUSED')], assets })).toMatchObject([
    {
      code: 'unreachable',
      severity: 'error',
      subject: 'https://huggingface.co',
      message:
        "The Hub can't be reached (no answer within 15 s) and gpt2, org/set are not in the local cache: the dashboard hangs at least 393 s and then fails.",
      fix: expect.stringContaining('hf download gpt2 && hf download org/set --repo-type dataset --revision v2'),
    },
  ]);
  const forever = judge({
    endpoints: [deaf('first-byte', 'timeout')],
    assets: [asset({ withoutHub: without({ hangS: 'forever' }) })],
  });
  expect(forever[0]?.message).toContain('hangs for ever (that call has no timeout) and then fails');
});

test('a failure that the client does not survive is an error, cache or not', () => {
  const assets = [asset({ cache: complete, withoutHub: without({ hangS: 0, usesCache: false }) })];
  expect(judge({ endpoints: [deaf('proxy', 'PROXY_407')], assets })).toMatchObject([
    { code: 'unreachable', severity: 'error', fix: expect.stringContaining('HTTPS_PROXY') },
  ]);
});

test('a Hub that is down', () => {
  const assets = [
    asset({ remote: { status: 503, file: 'config.json', error: 'unavailable' }, withoutHub: without({ hangS: 23 }) }),
  ];
  expect(judge({ endpoints: [probe({ status: 503 })], assets })).toMatchObject([
    { code: 'unreachable', severity: 'error' },
  ]);
});

test('a certificate that is not trusted: tls, and the way a company fixes it', () => {
  const assets = [asset({ withoutHub: without() })];
  const [finding] = judge({ endpoints: [deaf('tls', 'SELF_SIGNED_CERT_IN_CHAIN')], assets });
  expect(finding).toMatchObject({ code: 'tls', severity: 'error', fix: expect.stringContaining('SSL_CERT_FILE') });
  expect(codes({ endpoints: [deaf('tls', 'timeout')], assets })).toEqual(['unreachable error']);
});

test('calls that the launch may survive are warnings', () => {
  for (const excuse of ['guarded', 'unreached', 'own-class'] as const) {
    const askedBy = [{ ...call, excuse }];
    expect(
      codes({ endpoints: [deaf('connect', 'ECONNREFUSED')], assets: [asset({ askedBy, withoutHub: without() })] }),
    ).toEqual(['unreachable warning']);
    expect(codes({ assets: [asset({ askedBy, notAsked: 'HF_HUB_OFFLINE' })] })).toEqual(['not-cached warning']);
    expect(codes({ assets: [asset({ askedBy: [...askedBy, call], notAsked: 'HF_HUB_OFFLINE' })] })).toEqual([
      'not-cached error',
    ]);
  }
});

test('what the Hub refuses counts only when the cache has it not', () => {
  const gated = { status: 401, file: 'config.json', error: 'gated' as const };
  expect(judge({ assets: [asset({ remote: gated })] })[0]).toMatchObject({
    code: 'gated',
    fix: expect.stringContaining('hf auth login'),
  });
  expect(judge({ assets: [asset({ remote: gated })] }, { hasToken: true })[0]?.message).toContain(
    'the token in use has no access',
  );
  expect(judge({ assets: [asset({ remote: gated, cache: complete })] })).toEqual([]);
  expect(codes({ assets: [asset({ remote: { ...gated, error: 'rate-limited' }, rateLimitedHangS: 91 })] })).toEqual([
    'rate-limited warning',
  ]);
  expect(codes({ assets: [asset({ remote: { ...gated, error: 'unauthorized' } })] })).toEqual(['gated error']);
  expect(codes({ assets: [asset({ remote: { ...gated, error: 'not-found' } })] })).toEqual(['not-found error']);
  const revision = { status: 404, file: 'config.json', error: 'not-found' as const, errorCode: 'RevisionNotFound' };
  expect(judge({ assets: [asset({ remote: revision, cache: complete })] })[0]?.message).toBe(
    'gpt2 has no revision main on the Hub.',
  );
});

test('a slow Hub: a warning, and an error once the client gives up on what is not cached', () => {
  const took = (durationMs: number) => probe({ steps: [{ step: 'first-byte', durationMs, ok: true }] });
  const answered = { remote: { status: 200, file: 'config.json' } };
  expect(codes({ endpoints: [took(4900)], assets: [asset(answered)] })).toEqual([]);
  expect(codes({ endpoints: [took(6000)], assets: [asset(answered)] })).toEqual(['slow warning']);
  expect(codes({ endpoints: [took(12_000)], assets: [asset({ ...answered, cache: complete })] })).toEqual([
    'slow warning',
  ]);
  expect(judge({ endpoints: [took(12_000)], assets: [asset(answered)] })[0]).toMatchObject({
    severity: 'error',
    fix: 'export HF_HUB_ETAG_TIMEOUT=30',
  });
});

test('endpoints of the config', () => {
  const mine = { url: 'https://metrics.example.org', role: 'config' as const };
  expect(codes({ endpoints: [{ ...deaf('lookup', 'ENOTFOUND'), ...mine }] })).toEqual(['unreachable error']);
  expect(codes({ endpoints: [{ ...deaf('tls', 'CERT_HAS_EXPIRED'), ...mine }] })).toEqual(['tls error']);
  for (const status of [200, 204, 301, 401, 403, 404, 405, 500])
    expect(codes({ endpoints: [probe({ ...mine, status })] })).toEqual([]);
  for (const status of [407, 502, 503, 504])
    expect(codes({ endpoints: [probe({ ...mine, status })] })).toEqual(['unreachable error']);
  expect(codes({ endpoints: [probe({ ...mine, status: 429 })] })).toEqual(['rate-limited warning']);
  expect(codes({ endpoints: [probe({ ...mine, slowAfterMs: 79 })] })).toEqual(['slow warning']);
});
