import type { Module } from '../../source/program.js';
import type { Expression } from '../../source/syntax/tree.js';
import type { Inference } from '../../source/values/inference.js';
import { indexOf, placeOf, type Place } from '../../source/values/module-index.js';
import { shownBy, titleOf, type Shown } from './charts.js';
import { recordedIn } from './records.js';
import { textsIn } from './said.js';
import type { Line, Shows } from './types.js';

/** What a chart shows or a record holds, as it was found. */
export interface Sink {
  module: Module;
  place: Place | undefined;
  shows: Omit<Shows, keyof Line>;
  node: Expression;
  /** The call or the record that it is part of, with all that stands beside it. */
  beside: Expression;
  /** What the chart says of itself. */
  texts: readonly string[];
  shown: Shown;
}

/** Everything that a file shows or records. */
export function* sinksIn(module: Module, inference: Inference): Generator<Sink> {
  for (const [call, place] of indexOf(module).calls) {
    for (const shown of shownBy(call, module, inference)) {
      const { kind, label } = titleOf(call);
      const shows = {
        what: shown.onlyRandom ? 'table' : 'chart',
        by: kind,
        ...(label === undefined ? {} : { label }),
        ...functionOf(place),
      } as const;
      const texts = call.args.flatMap(({ name, value }) =>
        name === 'name' || name === 'title' || name === 'label' || name === undefined ? [...textsIn(value)] : [],
      );
      yield { module, place, shows, node: call, beside: call, texts, shown };
    }
  }
  for (const { key, value, record } of recordedIn(module)) {
    const place = placeOf(value, module);
    const shows = { what: 'record', by: key, ...functionOf(place) } as const;
    yield { module, place, shows, node: value, beside: record, texts: [], shown: { value, path: [] } };
  }
}

/** The name of the function that something stands in. */
export function functionOf(place: Place | undefined): { function?: string } {
  return place?.function?.kind === 'FunctionDef' ? { function: place.function.name } : {};
}
