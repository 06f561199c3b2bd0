import { defineCheck } from '../../engine/define.js';
import type { Finding } from '../../engine/types.js';
import { unoffered, unrendered } from '../../plots/unmet.js';
import { nearest } from '../../util/nearest.js';

export const dispatch = defineCheck({
  id: 'plots/dispatch',
  title: 'Every plot that is offered is drawn, and the other way round',
  why: 'A plot type without a renderer is a choice that shows nothing; a renderer whose plot type nobody offers is never seen.',
  severity: 'error',
  codes: {
    'no-renderer': 'a plot type is offered and nothing draws it',
    'never-offered': 'something is drawn for a plot type that nothing offers',
  },
  needs: ['plots'],
  wants: ['plot-lists'],
  run({ plots: { sources }, 'plot-lists': lists }) {
    if (sources.groups.length === 0) return { notApplicable: 'the code shows no choice between plots' };
    const answers = (lists?.answers ?? []).flatMap((answer) => (answer.status === 'ok' ? answer.plots : []));
    return sources.groups.flatMap((group, index): Finding[] => {
      const asked = index === sources.list?.group ? answers : [];
      const drawn = group.rendered.map(({ plotType }) => plotType);
      const offered = [...group.offered.map(({ plotType }) => plotType), ...asked];
      return [
        ...unrendered(group, asked).map(({ plotType, place = sources.list?.place }) => ({
          code: 'no-renderer',
          subject: plotType,
          message: `${plotType} is offered, and nothing draws it`,
          ...located(place),
          ...suggested(
            nearest(
              plotType,
              drawn.filter((each) => !offered.includes(each)),
            ),
          ),
          fix: `Draw it beside the others (${group.rendered[0]?.place.path}:${group.rendered[0]?.place.line}), or no longer offer it.`,
        })),
        ...unoffered(group, asked).map(({ plotType, place }): Finding => ({
          code: 'never-offered',
          severity: 'warning',
          subject: plotType,
          message: `${plotType} has a renderer, and nothing offers it`,
          ...located(place),
          ...suggested(
            nearest(
              plotType,
              offered.filter((each) => !drawn.includes(each)),
            ),
          ),
          fix: 'Offer it where the other plots are offered, or take its renderer out.',
        })),
      ];
    });
  },
});

function located(place: { path: string; line: number; column: number; text: string } | undefined) {
  if (place === undefined) return {};
  const { path, line, column, text } = place;
  return { location: { file: path, line, column }, evidence: [`${path}:${line}: ${text}`] };
}

function suggested(suggestion: string | undefined) {
  return suggestion === undefined ? {} : { suggestion };
}
