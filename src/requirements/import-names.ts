import { normalizeName } from './names.js';

/**
 * Modules that come in distributions of another name, by how they are imported; the distribution that is usually
 * meant stands first.
 */
const providers: Readonly<Record<string, readonly string[]>> = {
  Bio: ['biopython'],
  Crypto: ['pycryptodome'],
  IPython: ['ipython'],
  OpenSSL: ['pyOpenSSL'],
  PIL: ['pillow', 'pillow-simd'],
  attr: ['attrs'],
  attrs: ['attrs'],
  bs4: ['beautifulsoup4'],
  community: ['python-louvain'],
  cv2: ['opencv-python-headless', 'opencv-python', 'opencv-contrib-python', 'opencv-contrib-python-headless'],
  dateutil: ['python-dateutil'],
  distutils: ['setuptools'],
  docx: ['python-docx'],
  dotenv: ['python-dotenv'],
  faiss: ['faiss-cpu', 'faiss-gpu'],
  fitz: ['PyMuPDF'],
  git: ['GitPython'],
  'google.protobuf': ['protobuf'],
  grpc: ['grpcio'],
  hydra: ['hydra-core'],
  igraph: ['python-igraph'],
  imblearn: ['imbalanced-learn'],
  jwt: ['PyJWT'],
  lightning: ['lightning'],
  lightning_fabric: ['lightning'],
  magic: ['python-magic'],
  matplotlib: ['matplotlib'],
  mpl_toolkits: ['matplotlib'],
  multipart: ['python-multipart'],
  python_multipart: ['python-multipart'],
  nacl: ['PyNaCl'],
  onnxruntime: ['onnxruntime', 'onnxruntime-gpu'],
  pkg_resources: ['setuptools'],
  setuptools: ['setuptools'],
  psycopg2: ['psycopg2-binary', 'psycopg2'],
  pynvml: ['nvidia-ml-py', 'pynvml'],
  serial: ['pyserial'],
  skimage: ['scikit-image'],
  sklearn: ['scikit-learn'],
  slugify: ['python-slugify'],
  tensorboardX: ['tensorboardX'],
  tensorflow: ['tensorflow', 'tensorflow-cpu', 'tensorflow-gpu', 'tensorflow-macos'],
  umap: ['umap-learn'],
  usb: ['pyusb'],
  websocket: ['websocket-client'],
  yaml: ['pyyaml'],
  zmq: ['pyzmq'],
};

/** What to install so that `import name` works; the name of the top package, with dashes, where nothing else is known. */
export function distributionFor(name: string): string {
  const known = Object.entries(providers).find(([module]) => isWithinModule(name, module));
  const [top = name] = name.split('.', 1);
  return known?.[1][0] ?? top.replace(/(?<=\w)_/g, '-');
}

/**
 * The modules a distribution is imported by, without having it at hand: by a list of the well-known exceptions, else
 * its own name with underscores.
 * @param name normalized
 */
export function importNames(name: string): readonly string[] {
  const known = Object.entries(providers).filter(([, distributions]) =>
    distributions.some((each) => normalizeName(each) === name),
  );
  return known.length > 0 ? known.map(([module]) => module) : [name.replaceAll('-', '_')];
}

/** True when importing `imported` runs code of the package `module`: the package itself or something below it. */
export function isWithinModule(imported: string, module: string): boolean {
  return imported === module || imported.startsWith(`${module}.`);
}
