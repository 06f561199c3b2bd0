import { describe, expect, it } from 'vitest';
import { methodExistence } from '../../../src/checks/incident/method-existence.js';
import type { Attributes } from '../../../src/collectors/attributes.js';
import type { Imports } from '../../../src/collectors/imports.js';

type Missing = Attributes['missing'][number];

const owner = { kind: 'instance', name: 'MoEModel', file: 'core/architecture.py', line: 26 } as const;

const asked: Missing = {
  file: 'core/training.py',
  line: 12,
  column: 20,
  receiver: 'self.model',
  owners: [owner],
  name: 'get_saturation',
  isCall: true,
  outsideBases: [],
  text: 'level = self.model.get_saturation()',
  reachable: true,
};

const attributes = (...missing: Missing[]): Attributes => ({ missing, resolved: 1, unresolved: 0 });

function imports(status: 'provided' | 'missing' | 'unknown'): Imports {
  const looked = { file: owner.file, class: owner.name, name: asked.name, status };
  return { python: '3.11.7', isolation: 'fork', preloaded: [], modules: [], symbols: [], attributes: [looked] };
}

describe('incident/method-existence', () => {
  it('names the class, the place and the line', () => {
    expect(methodExistence.run({ attributes: attributes({ ...asked, nearest: 'get_saturation_level' }) })).toEqual([
      {
        code: 'missing-method',
        subject: 'MoEModel.get_saturation',
        message: 'self.model is a MoEModel, which has no get_saturation()',
        location: { file: 'core/training.py', line: 12, column: 20 },
        evidence: ['core/training.py:12: level = self.model.get_saturation()', 'MoEModel is core/architecture.py:26'],
        suggestion: 'get_saturation_level',
        fix: 'Use get_saturation_level, or define get_saturation in MoEModel.',
      },
    ]);
  });

  it('tells all places of one method in one finding', () => {
    const many = Array.from({ length: 7 }, (_, index) => ({ ...asked, line: index + 1 }));
    expect(methodExistence.run({ attributes: attributes(...many) })).toMatchObject([
      { evidence: expect.arrayContaining(['and 2 more places']) },
    ]);
  });

  it('only warns of what a guard hides, and of files the dashboard does not come to', () => {
    expect(methodExistence.run({ attributes: attributes({ ...asked, guard: 'hasattr' }) })).toMatchObject([
      { code: 'guarded-missing-method', severity: 'warning' },
    ]);
    expect(methodExistence.run({ attributes: attributes({ ...asked, reachable: false }) })).toMatchObject([
      { code: 'missing-method', severity: 'warning' },
    ]);
  });

  it('leaves it to the imported class whether a base from outside provides it', () => {
    const seen = attributes({ ...asked, outsideBases: ['lightning.LightningModule'] });
    expect(methodExistence.run({ attributes: seen })).toEqual([]);
    expect(methodExistence.run({ attributes: seen, imports: imports('provided') })).toEqual([]);
    expect(methodExistence.run({ attributes: seen, imports: imports('unknown') })).toEqual([]);
    expect(methodExistence.run({ attributes: seen, imports: imports('missing') })).toMatchObject([
      { code: 'missing-method', subject: 'MoEModel.get_saturation' },
    ]);
  });

  it.each([
    ['type: ignore', true],
    ['type: ignore[attr-defined]  # set by the framework', true],
    ['type: ignore[arg-type, union-attr]', true],
    ['pyright: ignore', true],
    ['pyright: ignore[reportAttributeAccessIssue]', true],
    ['pyrefly: ignore[missing-attribute]', true],
    ['ty: ignore[unresolved-attribute]', true],
    ['pylint: disable=invalid-name,no-member', true],
    ['pytype: disable=attribute-error', true],
    ['type: ignore[arg-type]', false],
    ['pyright: ignore[reportCallIssue]', false],
    ['pylint: disable=invalid-name', false],
    ['noqa', false],
    ['the type: ignored', false],
  ])('takes an author at their word: # %s', (comment, isTaken) => {
    const seen = attributes({ ...asked, text: `${asked.text}  # ${comment}` });
    expect(methodExistence.run({ attributes: seen })).toHaveLength(isTaken ? 0 : 1);
  });

  it('names the key of the session state, and the one that was meant', () => {
    const unset = { file: 'app.py', line: 3, column: 1, key: 'windw', isItem: false, text: 'st.session_state.windw' };
    const found = methodExistence.run({
      attributes: {
        ...attributes(),
        unset: [
          { ...unset, nearest: 'window', reachable: true },
          { ...unset, line: 9, nearest: 'window', reachable: false },
          { ...unset, key: 'runs', isItem: true, reachable: false },
          { ...unset, key: 'waived', text: 'st.session_state.waived  # type: ignore', reachable: true },
        ],
      },
    });
    expect(found).toEqual([
      {
        code: 'unset-state',
        subject: 'session_state.windw',
        message: 'nothing stores "windw" in the session state: reading it raises AttributeError',
        location: { file: 'app.py', line: 3, column: 1 },
        evidence: ['app.py:3: st.session_state.windw', 'app.py:9: st.session_state.windw'],
        suggestion: 'window',
        fix: 'Use "window", or store "windw" before it is read: if "windw" not in st.session_state: …',
      },
      expect.objectContaining({
        message: 'nothing stores "runs" in the session state: reading it raises KeyError',
        severity: 'warning',
        fix: 'Store "runs" before it is read: if "runs" not in st.session_state: …',
      }),
    ]);
  });
});
