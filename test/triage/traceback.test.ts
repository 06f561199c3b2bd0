import { describe, expect, it } from 'vitest';
import { asPrinted, findChains, parseChain, parseThreadDump } from '../../src/triage/traceback.js';

describe('reading tracebacks', () => {
  it('reads frames, source lines and messages of several lines, the diagnosis first', () => {
    const printed = `Traceback (most recent call last):
  File "core/a.py", line 3, in load
    return metrics['loss']
           ~~~~~~~^^^^^^^^
KeyError: 'loss'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "app.py", line 9, in <module>
    load({})
  [Previous line repeated 3 more times]
streamlit.errors.StreamlitAPIException: first line
second line`;
    expect(parseChain(printed.split('\n'))).toEqual([
      {
        type: 'streamlit.errors.StreamlitAPIException',
        message: 'first line\nsecond line',
        frames: [{ file: 'app.py', line: 9, function: '<module>', text: 'load({})' }],
      },
      {
        type: 'KeyError',
        message: "'loss'",
        frames: [{ file: 'core/a.py', line: 3, function: 'load', text: "return metrics['loss']" }],
      },
    ]);
  });

  it('reads an exception without a message, and one without frames', () => {
    expect(
      parseChain(['Traceback (most recent call last):', '  File "a.py", line 1, in f', 'KeyboardInterrupt']),
    ).toMatchObject([{ type: 'KeyboardInterrupt', message: '' }]);
    expect(parseChain(asPrinted([], 'ValueError', 'no: frames'))).toEqual([
      { type: 'ValueError', message: 'no: frames', frames: [] },
    ]);
  });

  it('finds where a chain ends: its message, but not the next record', () => {
    const lines = [
      'before',
      'Traceback (most recent call last):',
      '  File "a.py", line 1, in f',
      'E: one',
      'two',
      '2025-01-01 next',
      '',
    ];
    expect(findChains(lines)).toEqual([{ start: 1, diagnosis: 1, raised: 3, end: 5 }]);
  });

  it('reads the dump of all threads, innermost frame last', () => {
    const dump = `Fatal Python error: Aborted

Thread 0x00007f1 (most recent call first):
  File "/app/core/data.py", line 12 in load
  File "/lib/streamlit/runtime/scriptrunner/script_runner.py", line 900 in code_to_exec

Current thread 0x00007f2 (most recent call first):
  File "/lib/asyncio/base_events.py", line 1 in run`;
    expect(parseThreadDump(dump.split('\n')).map((frames) => frames.map((frame) => frame.function))).toEqual([
      ['code_to_exec', 'load'],
      ['run'],
    ]);
  });
});
