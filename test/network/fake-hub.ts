import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startHttp, startHttps, type Running } from './servers.js';

/** A repository as the fake Hub serves it; contents by path. */
export interface FakeRepository {
  commit: string;
  files: Readonly<Record<string, string>>;
  kind?: 'model' | 'dataset';
  /** Answers 401 without a token and 403 with another one. */
  gatedFor?: string;
}

export interface FakeHub extends Running {
  url: string;
  /** `HEAD /gpt2/resolve/main/config.json`, in order. */
  requests: string[];
  /** Set to answer in the Hub's stead; returning false leaves the answer to it. */
  interfere: (request: IncomingMessage, response: ServerResponse) => boolean;
}

const resolveUrl = /^\/(datasets\/)?(.+?)\/resolve\/([^/]+)\/(.+)$/;
const apiUrl = /^\/api\/(model|dataset)s\/(.+?)\/(revision|tree)\/([^/?]+)/;

/** As much of the Hub's API as `hf_hub_download` and `snapshot_download` of the real client need. */
export async function startFakeHub(
  repositories: Readonly<Record<string, FakeRepository>>,
  keys?: { key: string; cert: string },
): Promise<FakeHub> {
  const state: Pick<FakeHub, 'requests' | 'interfere'> = { requests: [], interfere: () => false };

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const path = decodeURIComponent(request.url ?? '');
    state.requests.push(`${request.method} ${path}`);
    if (state.interfere(request, response)) return;
    const fail = (status: number, code: string) => response.writeHead(status, { 'X-Error-Code': code }).end();
    const [, prefix, repo = '', revision = '', file = ''] = resolveUrl.exec(path) ?? [];
    const [, apiKind, apiRepo = '', what, apiRevision = ''] = apiUrl.exec(path) ?? [];
    const found = repositories[repo || apiRepo];
    const kind = apiKind ?? (prefix === undefined ? 'model' : 'dataset');
    if (found === undefined || (found.kind ?? 'model') !== kind) return void fail(401, 'RepoNotFound');
    if (found.gatedFor !== undefined && request.headers.authorization !== `Bearer ${found.gatedFor}`) {
      return void fail(request.headers.authorization === undefined ? 401 : 403, 'GatedRepo');
    }
    if (!['main', found.commit].includes(revision || apiRevision)) return void fail(404, 'RevisionNotFound');
    if (what === 'revision') return void sendJson(response, { id: apiRepo, sha: found.commit, siblings: [] });
    if (what === 'tree') return void sendJson(response, Object.entries(found.files).map(treeEntry));
    const content = found.files[file];
    response.setHeader('X-Repo-Commit', found.commit);
    if (content === undefined) return void fail(404, 'EntryNotFound');
    response.writeHead(200, { ETag: `"${sha1(content)}"`, 'Content-Length': Buffer.byteLength(content) });
    response.end(request.method === 'HEAD' ? undefined : content);
  };

  const server = keys === undefined ? await startHttp(listener) : await startHttps(keys, listener);
  const url = `${keys === undefined ? 'http' : 'https'}://127.0.0.1:${server.port}`;
  return Object.assign(state, server, { url });
}

function treeEntry([path, content]: [string, string]) {
  return { type: 'file', path, size: Buffer.byteLength(content), oid: sha1(content) };
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sha1(content: string): string {
  return createHash('sha1').update(content).digest('hex');
}

/** A small model with two shards, as transformers saves one. */
export const shardedModel: FakeRepository = {
  commit: 'a'.repeat(40),
  files: {
    'config.json': '{"model_type": "gpt2"}',
    'tokenizer.json': '{}',
    'model.safetensors.index.json': JSON.stringify({
      weight_map: { wte: 'model-00001-of-00002.safetensors', wpe: 'model-00002-of-00002.safetensors' },
    }),
    'model-00001-of-00002.safetensors': 'one',
    'model-00002-of-00002.safetensors': 'two',
  },
};
