import type { CallUse, FileFacts, Literal } from '../source/types.js';
import type { AssetKind, HubAsset, Loader } from './types.js';

/** Last names of the calls that ask the Hub for something: what a source analysis has to look out for. */
export const hubCallees = [
  'from_pretrained',
  'load_dataset',
  'hf_hub_download',
  'snapshot_download',
  'pipeline',
  'SentenceTransformer',
  'CrossEncoder',
] as const;

type HubCallee = (typeof hubCallees)[number];

export type HubRequest = Omit<HubAsset, 'askedBy'>;

/** How one callee takes its arguments: names and positions, in the libraries' own signatures. */
interface CallForm {
  repo: readonly string[];
  kind: AssetKind;
  /** The file must import one of these for the bare name to mean the library's function. */
  libraries?: readonly string[];
  /** A folder of that name beside the dashboard wins over the Hub. */
  mayBeLocal: boolean;
}

const forms: Readonly<Record<HubCallee, CallForm>> = {
  from_pretrained: { repo: ['0', 'pretrained_model_name_or_path', 'model_id'], kind: 'model', mayBeLocal: true },
  load_dataset: { repo: ['0', 'path'], kind: 'dataset', libraries: ['datasets'], mayBeLocal: true },
  hf_hub_download: { repo: ['0', 'repo_id'], kind: 'model', libraries: ['huggingface_hub'], mayBeLocal: false },
  snapshot_download: { repo: ['0', 'repo_id'], kind: 'model', libraries: ['huggingface_hub'], mayBeLocal: false },
  pipeline: { repo: ['1', 'model'], kind: 'model', libraries: ['transformers', 'optimum'], mayBeLocal: true },
  SentenceTransformer: {
    repo: ['0', 'model_name_or_path'],
    kind: 'model',
    libraries: ['sentence_transformers'],
    mayBeLocal: true,
  },
  CrossEncoder: {
    repo: ['0', 'model_name', 'model_name_or_path'],
    kind: 'model',
    libraries: ['sentence_transformers'],
    mayBeLocal: true,
  },
};

/** Names that `load_dataset` takes for a builder that reads files, not for a repository. */
const datasetBuilders: ReadonlySet<string> = new Set(
  (
    'arrow audiofolder cache csv eval generator hdf5 imagefolder json lance niftifolder pandas parquet pdffolder ' +
    'spark sql text videofolder webdataset xml'
  ).split(' '),
);

const fileEnding = /\.(?:bin|ckpt|csv|gguf|h5|joblib|json|jsonl|npz|onnx|pkl|pt|pth|safetensors|txt|ya?ml|zip)$/i;
// huggingface_hub 2.0.0, utils/_validators.py, REPO_ID_REGEX and validate_repo_id.
const hubId = /^(?:\b[\w\-.]{1,96}\b\/)?\b[\w\-.]{1,96}\b$/;

/**
 * What one call asks of the Hub.
 * @param isInTarget whether a path exists in the dashboard's folder, where it would win over the Hub
 * @returns `unknown` when the repository is not a literal, `not-hub` when the call asks for something else.
 */
export function readHubCall(
  call: CallUse,
  file: Pick<FileFacts, 'imports'>,
  isInTarget: (path: string) => boolean,
): HubRequest | 'unknown' | 'not-hub' {
  const name = hubCallees.find((callee) => callee === call.callee.split('.').at(-1));
  if (name === undefined) return 'not-hub';
  const form = forms[name];
  if (form.libraries !== undefined && !importsOneOf(file, form.libraries)) return 'not-hub';
  const repoKeys = isAdapter(call) ? ['1', 'model_id', '0'] : form.repo;
  const repo = textOf(call, repoKeys);
  if (repo === undefined) return 'unknown';
  if (name === 'load_dataset' && datasetBuilders.has(repo)) return 'not-hub';
  if (!looksLikeHubId(repo) || (form.mayBeLocal && isInTarget(repo))) return 'not-hub';

  const named = filesOf(call, name);
  const cacheFolder = textOf(call, ['cache_dir', 'cache_folder']);
  const localFolder = textOf(call, ['local_dir']);
  const config = name === 'load_dataset' ? textOf(call, ['1', 'name']) : undefined;
  return {
    kind: kindOf(call) ?? form.kind,
    repo: name === 'SentenceTransformer' ? withOrganization(repo) : repo,
    revision: textOf(call, ['revision']) ?? 'main',
    files: named,
    loads: [name === 'hf_hub_download' && named.length === 0 ? 'other' : loaderOf(call, name)],
    localOnly: call.arguments['local_files_only'] === true,
    ...(cacheFolder === undefined ? {} : { cacheFolder }),
    ...(localFolder === undefined ? {} : { localFolder }),
    ...(config === undefined ? {} : { config }),
  };
}

/** Whether the Hub's own rules would take it for a repository, and no one for a path. */
export function looksLikeHubId(name: string): boolean {
  if (!hubId.test(name) || name.includes('--') || name.includes('..') || name.endsWith('.git')) return false;
  return name.includes('/') || !fileEnding.test(name);
}

function importsOneOf(file: Pick<FileFacts, 'imports'>, libraries: readonly string[]): boolean {
  return file.imports.some(({ module, level }) => level === 0 && libraries.includes(module.split('.')[0] ?? ''));
}

function textOf(call: CallUse, keys: readonly string[]): string | undefined {
  return keys.map((key): Literal | undefined => call.arguments[key]).find((value) => typeof value === 'string');
}

function kindOf(call: CallUse): AssetKind | undefined {
  const kind = call.arguments['repo_type'];
  return kind === 'model' || kind === 'dataset' || kind === 'space' ? kind : undefined;
}

function filesOf(call: CallUse, name: HubCallee): readonly string[] {
  const file = name === 'hf_hub_download' ? textOf(call, ['1', 'filename']) : undefined;
  if (file === undefined) return [];
  const subfolder = textOf(call, ['subfolder']);
  return [subfolder ? `${subfolder}/${file}` : file];
}

function isAdapter(call: CallUse): boolean {
  return /(?:^|\.)Peft\w*\.from_pretrained$/.test(call.callee) && !call.callee.endsWith('PeftConfig.from_pretrained');
}

function loaderOf(call: CallUse, name: HubCallee): Loader {
  switch (name) {
    case 'load_dataset':
      return 'dataset';
    case 'hf_hub_download':
      return 'files';
    case 'snapshot_download':
      return 'snapshot';
    case 'pipeline':
    case 'CrossEncoder':
      return 'model';
    case 'SentenceTransformer':
      return 'sentence-transformer';
    case 'from_pretrained':
      return loaderOfClass(call);
    default:
      return name satisfies never;
  }
}

/** What a `from_pretrained` loads, by the name of its class; a subfolder or an unknown class promises no particular file. */
function loaderOfClass(call: CallUse): Loader {
  const owner = call.callee.split('.').at(-2) ?? '';
  if (isAdapter(call) || owner === 'PeftConfig') return 'adapter';
  if (call.arguments['subfolder'] !== undefined) return 'other';
  if (/Tokenizer(?:Fast)?$/.test(owner)) return 'tokenizer';
  if (/(?:Diffusion|Inpaint|Img2Img|Flux|Auto)\w*Pipeline$|^DiffusionPipeline$/.test(owner)) return 'diffusers';
  if (owner === 'GenerationConfig') return 'other';
  if (owner.endsWith('Config')) return 'config';
  if (/Model(?:For\w+)?$|For[A-Z]\w+$|LMHeadModel$/.test(owner)) return 'model';
  return 'other';
}

/** Plain transformers models that SentenceTransformer loads under their bare name; any other bare name is one of its own. */
const plainModels =
  /^(?:albert-x{0,2}(?:base|large)-v[12]|bert-(?:base|large)-(?:(?:un)?cased|chinese|german|multilingual)\S*|camembert-base|ctrl|distilbert-base-(?:(?:un)?cased|german|multilingual)\S*|distilgpt2|distilroberta-base|gpt2(?:-\w+)?|openai-gpt|roberta-(?:base|large)(?:-openai-detector|-mnli)?|t5-\w+|transfo-xl-wt103|xlm-(?:clm|mlm|roberta)-\S+|xlnet-(?:base|large)-cased)$/;

function withOrganization(repo: string): string {
  return repo.includes('/') || plainModels.test(repo) ? repo : `sentence-transformers/${repo}`;
}
