import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cleanLog } from '../../src/triage/clean.js';
import { loadSignatures } from '../../src/triage/signatures.js';
import { triage } from '../../src/triage/triage.js';

const signatures = await loadSignatures();
const found = (log: string) =>
  triage(log.split('\n'), signatures).map((failure) => [failure.signature, failure.class, failure.count]);
const file = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

const chained = `2025-06-14 22:16:04.100 Examining the path of torch.classes raised:
Traceback (most recent call last):
  File "/usr/local/lib/python3.11/dist-packages/streamlit/web/bootstrap.py", line 347, in run
    if asyncio.get_running_loop().is_running():
       ^^^^^^^^^^^^^^^^^^^^^^^^^^
RuntimeError: no running event loop

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/usr/local/lib/python3.11/dist-packages/streamlit/watcher/local_sources_watcher.py", line 217, in get_module_paths
    potential_paths = extract_paths(module)
  File "/usr/local/lib/python3.11/dist-packages/torch/_classes.py", line 13, in __getattr__
    proxy = torch._C._get_custom_class_python_wrapper(self.name, attr)
RuntimeError: Tried to instantiate class '__path__._path', but it does not exist! Ensure that it is registered via torch::class_`;

describe('the log of the incident', () => {
  it('holds one harmless chain, however often, and a timeout with a fix', () => {
    const timeout = `'(ReadTimeoutError("HTTPSConnectionPool(host='huggingface.co', port=443): Read timed out. (read timeout=10)"), '(Request ID: 7d76f590)')' thrown while requesting HEAD https://huggingface.co/gpt2/resolve/main/tokenizer_config.json`;
    expect(found([chained, timeout, chained].join('\n'))).toEqual([
      ['st-torch-classes-watcher', 'benign', 4],
      ['st-no-running-loop-chained', 'benign', 2],
      ['hf-read-timeout', 'warning', 1],
    ]);
  });

  it.each(['rich-box.log', 'rich-rule.log'])('is the same when rich has drawn and coloured it (%s)', (name) => {
    expect(found(file(name)).map(([signature, kind]) => [signature, kind])).toEqual([
      ['st-no-running-loop-chained', 'benign'],
      ['st-torch-classes-watcher', 'benign'],
    ]);
  });

  it('makes nothing else in a harmless chain a failure', () => {
    const fatalInside = chained.replace(
      'RuntimeError: no running event loop',
      "AttributeError: 'Loop' object has no attribute 'run'",
    );
    expect(found(fatalInside).map(([, kind]) => kind)).toEqual(['benign']);
    const inOneLine =
      "Examining the path of torch.classes raised: AttributeError: '_Classes' object has no attribute '_path'";
    expect(found(inOneLine).map(([, kind]) => kind)).toEqual(['benign']);
  });
});

describe('a chain of exceptions', () => {
  const chain = (context: string, diagnosis: string, link: string) => `Traceback (most recent call last):
  File "a.py", line 1, in f
    f()
${context}

${link}

Traceback (most recent call last):
  File "b.py", line 2, in g
    g()
${diagnosis}`;
  const during = 'During handling of the above exception, another exception occurred:';
  const direct = 'The above exception was the direct cause of the following exception:';
  const missing = "ModuleNotFoundError: No module named 'torch_scatter'";
  const circular =
    "ImportError: cannot import name 'A' from partially initialized module 'cyc.a' (most likely due to a circular import)";

  it.each([during, direct])('is diagnosed by its last exception: %s', (link) => {
    expect(found(chain(missing, circular, link))).toEqual([['py-circular-import', 'fatal', 1]]);
    expect(found(chain(circular, missing, link))).toEqual([['py-module-not-found', 'fatal', 1]]);
  });

  it('falls back on its context where the last exception is not known', () => {
    expect(found(chain(missing, 'RuntimeError: could not set up', direct))).toEqual([
      ['py-module-not-found', 'fatal', 1],
    ]);
  });

  it('is not taken for one where two tracebacks only follow each other', () => {
    expect(found(`${chain(missing, circular, 'something else')}`).map(([signature]) => signature)).toEqual([
      'py-module-not-found',
      'py-circular-import',
    ]);
  });
});

describe('a missing ScriptRunContext', () => {
  const line = (thread: string) =>
    `2025-08-25 12:45:31.906 Thread '${thread}': missing ScriptRunContext! This warning can be ignored when running in bare mode.`;

  it('is harmless in the main thread and a warning in any other', () => {
    expect(found([line('MainThread'), line('MainThread')].join('\n'))).toEqual([
      ['st-missing-scriptrunctx', 'benign', 2],
    ]);
    expect(found(line('trainer'))).toEqual([['st-missing-scriptrunctx', 'warning', 1]]);
  });
});

describe('cleaning', () => {
  it('drops colours, boxes and what a progress bar has overwritten, and nothing else', () => {
    expect(
      cleanLog([
        '\u001B[31mred\u001B[0m',
        ' 10%|#  |\r 20%|## |\r100%|###|',
        '╭─ Title ─╮',
        '│ inside  │',
        '╰─────────╯',
        'a | b',
        'x ─ y',
        '',
      ]),
    ).toEqual(['red', '100%|###|', 'Title', ' inside', 'a | b', 'x ─ y', '']);
  });

  it('reads a message that was wrapped in the middle', () => {
    expect(found("StreamlitAPIException: There are multiple elements with the\nsame `key='a'`")).toEqual([
      ['st-duplicate-element-key', 'fatal', 1],
    ]);
  });
});
