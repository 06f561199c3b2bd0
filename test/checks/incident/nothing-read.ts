/** What the static looks say of a dashboard of which nothing was read. */
export const nothingRead = {
  files: { python: [], hints: [], leftOut: [] },
  source: { files: [] },
  project: {
    root: '/nowhere',
    entry: { path: 'app.py', how: 'the test' },
    run: { viaModule: false, folder: '.', args: [] },
    sourceRoot: '.',
    port: { number: 8501, pinned: false, how: '' },
    files: [],
    outsideModules: [],
  },
};
