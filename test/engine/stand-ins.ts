import { defineCheck, defineCollector } from '../../src/engine/define.js';
import type { ArtifactKey, Collector, Settings } from '../../src/engine/types.js';

declare module '../../src/engine/types.js' {
  interface Artifacts {
    'test-base': { n: number };
    'test-top': { n: number };
    'test-deep': { n: number };
  }
}

export const settings: Settings = {
  root: '/nowhere',
  symbols: [],
  exclude: [],
  imports: { timeoutS: 1 },
  launch: { args: [], env: {}, timeoutS: 1 },
  network: { endpoints: [], timeoutS: 1 },
  metrics: { runs: [] },
  plots: { overrides: {} },
  train: false,
  only: [],
  skip: [],
  tier: 'launch',
  failOn: 'error',
};

type Collect<K extends ArtifactKey> = Collector<K>['collect'];

export const base = (collect: Collect<'test-base'> = async () => ({ n: 1 })) =>
  defineCollector({ artifact: 'test-base', tier: 'static', title: 'looking at base', deadlineS: () => 5, collect });

export const top = (collect: Collect<'test-top'> = async () => ({ n: 2 })) =>
  defineCollector({
    artifact: 'test-top',
    tier: 'import',
    title: 'looking at top',
    dependsOn: ['test-base'],
    deadlineS: () => 5,
    collect,
  });

export const deep = (collect: Collect<'test-deep'> = async () => ({ n: 3 }), deadlineS = 5) =>
  defineCollector({
    artifact: 'test-deep',
    tier: 'launch',
    title: 'looking at deep',
    wants: ['test-top'],
    deadlineS: () => deadlineS,
    collect,
  });

/** Fails for a negative number. */
export const baseCheck = defineCheck({
  id: 'test/base-check',
  title: 'base is not negative',
  why: 'to test',
  severity: 'error',
  codes: { negative: 'below zero' },
  needs: ['test-base'],
  prerequisite: true,
  run: ({ 'test-base': { n } }) => (n < 0 ? [{ code: 'negative', subject: 'base', message: `base is ${n}` }] : []),
});

export const topCheck = defineCheck({
  id: 'test/top-check',
  title: 'top is even',
  why: 'to test',
  severity: 'warning',
  codes: { odd: 'not even', note: 'worth knowing' },
  needs: ['test-base'],
  deepenedBy: ['test-top'],
  wants: ['test-deep'],
  run: ({ 'test-top': looked }) =>
    looked !== undefined && looked.n % 2 === 1 ? [{ code: 'odd', subject: 'top', message: 'odd' }] : [],
});

export const deepCheck = defineCheck({
  id: 'other/deep-check',
  title: 'deep is there',
  why: 'to test',
  severity: 'error',
  codes: { big: 'too big' },
  needs: ['test-deep'],
  run: ({ 'test-deep': { n } }) => (n > 100 ? [{ code: 'big', subject: 'deep', message: 'big' }] : []),
});
