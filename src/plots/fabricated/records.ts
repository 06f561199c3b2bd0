import type { Module } from '../../source/program.js';
import type { Expression } from '../../source/syntax/tree.js';
import { expressionsIn, expressionsOf, statementsIn } from '../../source/syntax/walk.js';

/** A measurement as it is written into a metrics record. */
export interface Recorded {
  key: string;
  value: Expression;
  /** The whole display; the value, where it is stored by itself. */
  record: Expression;
}

/** Names of what a training measures. What it is told, as `dropout`, may well be drawn at random. */
const outcomes =
  /(?:^|_)(?:loss(?:es)?|acc|accuracy|perplexity|ppl|entropy|f1(?:_score)?|precision|recall|auc|bleu|rouge|reward|(?:grad|gradient)_norm|utili[sz]ation|(?:gpu|cpu|expert)_(?:util|usage|memory)|activations?|specialization|orthogonality|preservation|saturation(?:_level)?|sparsity|efficiency|throughput|tokens_per_s(?:ec(?:ond)?)?|expert_loads?|load_balance|balance_score|mae|mse|rmse|rotation_magnitude)$/i;
/** What is as well set as measured: only next to something measured is it a record of it. */
const settings = /^(?:learning_rate|lr)$/;

/** Everything that a file writes into metrics records: `{"loss": …}`, `metrics["loss"] = …`. */
export function* recordedIn({ syntax }: Module): Generator<Recorded> {
  for (const statement of statementsIn(syntax.body)) {
    if (statement.kind === 'Assign') {
      for (const target of statement.targets) {
        const name = target.kind === 'Subscript' ? keyIn(target.index) : undefined;
        if (name !== undefined && outcomes.test(name))
          yield { key: name, value: statement.value, record: statement.value };
      }
    }
    for (const expression of expressionsOf(statement)) {
      for (const part of expressionsIn(expression)) {
        if (part.kind !== 'Dict') continue;
        const entries = part.entries.map(({ key, value }) => ({
          key: key === undefined ? undefined : keyIn(key),
          value,
        }));
        const isRecord = entries.some(({ key }) => key !== undefined && outcomes.test(key));
        for (const { key, value } of entries) {
          if (key !== undefined && isRecord && (outcomes.test(key) || settings.test(key))) {
            yield { key, value, record: part };
          }
        }
      }
    }
  }
}

/** The key that an expression is; the parts of an f-string that are filled in are a `*`. */
function keyIn(expression: Expression): string | undefined {
  if (expression.kind === 'Constant') return typeof expression.value === 'string' ? expression.value : undefined;
  if (expression.kind !== 'JoinedStr') return undefined;
  return expression.parts.map((part) => (typeof part === 'string' ? part : '*')).join('');
}
