import { defineCheck } from '../../engine/define.js';
import { judgeAsset, judgeEndpoint, judgeSilentHub, judgeSlowHub } from '../../network/verdicts.js';

export const network = defineCheck({
  id: 'incident/network',
  title: 'Endpoints and Hub assets can be had',
  why: 'A model that is neither cached nor to be downloaded leaves the dashboard hanging for minutes on start, and then failing.',
  severity: 'error',
  codes: {
    unreachable: 'an endpoint, or the Hub, gives no answer that can be used',
    slow: 'the first byte comes later than allowed, or later than the client waits',
    'not-cached': 'an asset has to come from the local cache, and is not (all) there',
    tls: 'the secure connection fails: a certificate that is not trusted, or broken TLS',
    gated: 'the Hub refuses an asset without a token that has access',
    'rate-limited': 'too many requests from here: the Hub or an endpoint answers 429',
    'not-found': 'the Hub knows no such repository, revision or file',
  },
  needs: ['network'],
  run({ network: { endpoints, assets, environment } }) {
    const hub = endpoints.find(({ role }) => role === 'hub');
    return [
      ...endpoints.filter(({ role }) => role === 'config').flatMap(judgeEndpoint),
      ...judgeSilentHub(assets, hub),
      ...judgeSlowHub(assets, hub, environment),
      ...assets.flatMap((asset) => judgeAsset(asset, environment)),
    ];
  },
});
