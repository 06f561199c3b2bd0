import { defineCheck } from '../../engine/define.js';
import type { Finding } from '../../engine/types.js';
import type { Lane } from '../../metrics/compare/compare-runs.js';
import type { Divergence } from '../../metrics/compare/divergences.js';
import { wordsFor } from '../../metrics/compare/words.js';

const codeOf: Readonly<Record<Divergence['kind'], string>> = {
  value: 'diverged',
  'non-finite': 'non-finite',
  'missing-metric': 'missing',
  'missing-step': 'missing',
  'extra-step': 'diverged',
};

/** More divergences of one run than this are counted: what comes later follows from what comes first. */
const mostShown = 3;

export const regression = defineCheck({
  id: 'training/regression',
  title: 'Trainings do what their goldens say',
  why: 'A change that was not meant to touch the training moves its metrics, and nobody sees it before the next long run.',
  severity: 'error',
  codes: {
    diverged: 'a metric is not what the golden says, bit by bit or by the spread over seeds',
    'non-finite': 'a metric is NaN or infinite',
    missing: 'a metric or a step of the golden is not there',
  },
  needs: ['comparisons'],
  deepenedBy: ['trainings'],
  run({ comparisons: { named, compared }, trainings }) {
    const references = (trainings?.runs ?? []).map(({ combination, lanes }) => ({
      run: combination,
      lanes,
      fix: `moe-check train --all, then moe-check compare runs/${combination} --golden fixtures/goldens/runs/${combination}.json shows all`,
    }));
    const own = compared.map(({ run, lanes, golden }) => ({
      run,
      lanes,
      fix: `moe-check compare ${run} --golden ${golden} shows all; if it is meant to move: moe-check golden update ${run} --reason "…"`,
    }));
    const all = [...own, ...references].filter(({ lanes }) => lanes.some(wasCompared));
    if (all.length > 0) return all.flatMap(({ run, lanes, fix }) => findingsOf(run, lanes, fix));
    const why = named.length === 0 ? 'no runs are named; metrics.runs in the config does' : 'no named run has a golden';
    return { notApplicable: `${why}, and --train adds the reference models` };
  },
});

const wasCompared = ({ lane, verdict }: Lane): boolean => lane !== 'invariants' && verdict !== 'not-applicable';

function findingsOf(run: string, lanes: readonly Lane[], fix: string): readonly Finding[] {
  return lanes.flatMap(({ lane, divergences }) => {
    const more = divergences.length - mostShown;
    return divergences.slice(0, mostShown).map((divergence, index) => ({
      code: codeOf[divergence.kind],
      subject: `${run} ${divergence.metric}`,
      message: `${run}, ${lane}: ${wordsFor(divergence)}`,
      ...(index === mostShown - 1 && more > 0 && { evidence: [`and ${more} more of this run`] }),
      ...(index === 0 && { fix }),
    }));
  });
}
