/** Distributions that are imported under another name than their own, as far as dashboards and training code use them. */
const differing: Readonly<Record<string, readonly string[]>> = {
  attrs: ['attr', 'attrs'],
  beautifulsoup4: ['bs4'],
  'faiss-cpu': ['faiss'],
  'faiss-gpu': ['faiss'],
  gitpython: ['git'],
  grpcio: ['grpc'],
  'hydra-core': ['hydra'],
  'imbalanced-learn': ['imblearn'],
  ipython: ['IPython'],
  'nvidia-ml-py': ['pynvml'],
  'onnxruntime-gpu': ['onnxruntime'],
  'opencv-contrib-python': ['cv2'],
  'opencv-contrib-python-headless': ['cv2'],
  'opencv-python': ['cv2'],
  'opencv-python-headless': ['cv2'],
  pillow: ['PIL'],
  'pillow-simd': ['PIL'],
  protobuf: ['google.protobuf'],
  'psycopg2-binary': ['psycopg2'],
  pycryptodome: ['Crypto'],
  pymupdf: ['fitz', 'pymupdf'],
  pyserial: ['serial'],
  'python-dateutil': ['dateutil'],
  'python-docx': ['docx'],
  'python-dotenv': ['dotenv'],
  'python-multipart': ['multipart', 'python_multipart'],
  pyyaml: ['yaml'],
  pyzmq: ['zmq'],
  'scikit-image': ['skimage'],
  'scikit-learn': ['sklearn'],
  setuptools: ['setuptools', 'pkg_resources'],
  'tensorflow-cpu': ['tensorflow'],
  'tensorflow-gpu': ['tensorflow'],
  'tensorflow-macos': ['tensorflow'],
  tensorboardx: ['tensorboardX'],
  'umap-learn': ['umap'],
  'websocket-client': ['websocket'],
};

/**
 * The modules a distribution is imported by, without having it at hand: by a list of the well-known exceptions, else
 * its own name with underscores.
 * @param name normalized
 */
export function importNames(name: string): readonly string[] {
  return differing[name] ?? [name.replaceAll('-', '_')];
}

/** True when importing `imported` runs code of the package `module`: the package itself or something below it. */
export function isWithinModule(imported: string, module: string): boolean {
  return imported === module || imported.startsWith(`${module}.`);
}
