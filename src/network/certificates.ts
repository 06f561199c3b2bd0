import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { Environment } from './types.js';

/** Which Python HTTP client will do the asking; `any`: not known, so what any of them would trust is trusted. */
export type PythonClient = 'requests' | 'httpx' | 'httpx2' | 'any';

/** Bundles of the system's own store, where a company's certificate authority is installed. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
  '/usr/local/etc/openssl@3/cert.pem',
];

const httpxVariables = ['SSL_CERT_FILE', 'SSL_CERT_DIR'];
const variables: Readonly<Record<PythonClient, readonly string[]>> = {
  // requests/sessions.py, merge_environment_settings.
  requests: ['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'],
  // httpx/_config.py, create_ssl_context: without these certifi's roots; httpx2: the system's store.
  httpx: httpxVariables,
  httpx2: httpxVariables,
  any: ['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', ...httpxVariables],
};

export type Trust = { context: SecureContext } | { problem: string };

/** The certificate authorities that the client trusts, or why it has none: a variable that names nothing readable. */
export function trustOf(client: PythonClient, env: Environment): Trust {
  const named = variables[client].filter((name) => env[name]);
  const used = client === 'any' ? named : named.slice(0, 1);
  const custom: string[] = [];
  for (const name of used) {
    const path = env[name] ?? '';
    const bundle = readBundle(path);
    if (bundle !== undefined) custom.push(...bundle);
    else if (client !== 'any') return { problem: `${name} names ${path}, where there are no certificates to read` };
  }
  const replaces = client !== 'any' && custom.length > 0;
  const usesSystem = client === 'httpx2' || client === 'any';
  const ca = replaces ? custom : [...rootCertificates, ...(usesSystem ? systemStore() : []), ...custom];
  return { context: createSecureContext({ ca }) };
}

function systemStore(): readonly string[] {
  return systemBundles.map(readBundle).find((bundle) => bundle !== undefined) ?? [];
}

/** The certificates of a PEM file, or of a folder of them. */
function readBundle(path: string): readonly string[] | undefined {
  try {
    const files = statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path];
    const text = files.map((file) => (statSync(file).isFile() ? readFileSync(file, 'utf8') : '')).join('\n');
    const certificates = text.match(
      /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/g,
    );
    return certificates ?? undefined;
  } catch {
    return undefined;
  }
}
