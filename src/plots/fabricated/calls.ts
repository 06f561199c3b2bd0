import type { Argument, Call, Expression } from '../../source/syntax/tree.js';
import { isTorchModule } from '../../source/values/attributes.js';
import type { FunctionValue } from '../../source/values/values.js';
import { isSessionState } from './changes.js';
import { demoFlagOf } from './demo.js';
import { constant, either, measured, plain, together, type Origins } from './origins.js';
import { isArranging, isGenerator, isSize, kindOfGenerated, kindOfMethod, kindOfOutside } from './outside.js';
import { any, key, type Path, type Step } from './paths.js';
import type { Trace, Where } from './trace.js';

/** Helpers that make numbers up, rather than compute them from what they are given. */
const invents =
  /generat|fake|mock|simul|dummy|synth|random|sample|placeholder|demo|fallback|default|metric|history|progress|_data|get_|make_|create_/i;

/** What a call gives. */
export function callOrigins(call: Call, where: Where, path: Path, trace: Trace): Origins {
  const { callee } = call;
  const { known, open } = trace.inference.valuesOf(callee, where.module);
  const found: Origins[] = [];
  for (const value of known) {
    if (value.kind === 'function') found.push(followed(value, call, where, path, trace));
    else if (value.kind === 'outside') found.push(ofOutside(value.name, call, where, path, trace));
    else found.push(measured);
  }
  if (open || known.length === 0)
    found.push(callee.kind === 'Attribute' ? ofMethod(callee.object, callee.name, call, where, path, trace) : measured);
  return either(found);
}

function followed(fn: FunctionValue, call: Call, where: Where, path: Path, trace: Trace): Origins {
  const self = fn.self?.kind === 'instance' ? fn.self.of : fn.self;
  if (self !== undefined && isTorchModule(self, trace.inference)) return measured;
  const flag = demoFlagOf(call, where.module);
  const frame = {
    args: call.args,
    bound: fn.self !== undefined,
    caller: where,
    ...(flag === undefined ? {} : { flag }),
  };
  const origins = trace.ofFunction(fn, frame, path);
  const name = fn.node.kind === 'Lambda' ? '' : fn.node.name;
  const isOfGrid = (): boolean =>
    call.args.some(({ value }) => trace.at(value, where, []).some(({ kind }) => kind === 'grid'));
  // A function that is drawn over a grid is itself what is shown.
  return !invents.test(name) && origins.some(({ kind }) => kind === 'curve') && isOfGrid()
    ? origins.map((origin) => (origin.kind === 'curve' ? plain('measured') : origin))
    : origins;
}

function ofOutside(name: string, call: Call, where: Where, path: Path, trace: Trace): Origins {
  const given = call.args.map(({ value }) => value);
  if (name === 'builtins.getattr' && given[2] !== undefined) return either([measured, trace.at(given[2], where, path)]);
  const numbers = isArranging(name) ? given.slice(0, 1) : given;
  const all = (): Origins => together(numbers, (value) => trace.at(value, where, []));
  switch (kindOfOutside(name)) {
    case 'random':
      return [trace.made('random', call, where)];
    case 'selection':
      return selected(name, call, where, trace);
    case 'grid':
      return scaled(name, call, where, trace);
    case 'constant':
      return constant;
    case 'container':
      return contained(name, call.args, where, path, trace);
    case 'linear':
      return all();
    case 'function':
      return trace.curved(all(), call, where);
    default:
      return measured;
  }
}

/** Chosen from, or spread around, what it is given: measured when that is. */
function selected(name: string, call: Call, where: Where, trace: Trace): Origins {
  const isOfMeasured = call.args.some(
    ({ name: keyword, value }, at) =>
      !isSize(keyword, at, name) && trace.at(value, where, []).some(({ kind }) => kind === 'measured'),
  );
  return isOfMeasured ? measured : [trace.made('random', call, where)];
}

/** How many numbers there are says nothing, where they end does. */
function scaled(name: string, call: Call, where: Where, trace: Trace): Origins {
  if (/\.(?:range|arange|date_range)$/.test(name)) return [plain('grid')];
  const ends = call.args.slice(0, 2).map(({ value }) => trace.at(value, where, []));
  return ends.some((origins) => origins.some(({ kind }) => kind === 'measured'))
    ? measured
    : [trace.made('grid', call, where)];
}

function contained(name: string, args: readonly Argument[], where: Where, path: Path, trace: Trace): Origins {
  const [first] = args;
  const isKeyed = /\.(?:dict|OrderedDict|ColumnDataSource)$/.test(name);
  const wanted = path[0]?.kind === 'key' ? path[0].key : undefined;
  const named = args.filter((argument) => argument.name !== undefined);
  if (isKeyed && named.length > 0) {
    const own = named.filter((argument) => wanted === undefined || argument.name === wanted);
    const rest = wanted === undefined ? [] : path.slice(1);
    return own.length === 0 ? measured : together(own, ({ value }) => trace.at(value, where, rest));
  }
  if (/\.(?:zip|enumerate)$/.test(name)) return together(args, ({ value }) => trace.at(value, where, []));
  const data = first?.name === undefined ? first : (args.find((argument) => argument.name === 'data') ?? first);
  return data === undefined ? [plain('nothing')] : trace.at(data.value, where, path);
}

function ofMethod(object: Expression, name: string, call: Call, where: Where, path: Path, trace: Trace): Origins {
  const generator = trace.inference
    .valuesOf(object, where.module)
    .known.find((value) => value.kind === 'outside-instance' && isGenerator(value.of));
  if (generator !== undefined) {
    const kind = kindOfGenerated(name);
    if (kind === undefined) return measured;
    return kind === 'random' ? [trace.made('random', call, where)] : selected(`random.${name}`, call, where, trace);
  }
  const [first, second] = call.args.map(({ value }) => value);
  const step = first !== undefined && /^(?:get|pop|setdefault)$/.test(name) ? keyStep(first, where, trace) : undefined;
  if (step !== undefined) {
    const held =
      isSessionState(object) && step.kind === 'key'
        ? trace.ofSession(step.key, path)
        : trace.at(object, where, [step, ...path]);
    const isThere = held.some(({ kind }) => kind !== 'nothing');
    const fallback = second === undefined ? [] : trace.at(second, where, path);
    return either(isThere ? [held, fallback] : [fallback]);
  }
  if (/^(?:values|items)$/.test(name) && call.args.length === 0)
    return trace.at(object, where, path.length === 0 ? [] : [any, ...path.slice(1)]);
  const kind = kindOfMethod(name);
  if (kind === 'measured') return measured;
  if (kind === 'container') return trace.at(object, where, path);
  const given = isArranging(name) ? [] : call.args.map(({ value }) => value);
  const all = together([object, ...given], (part) => trace.at(part, where, part === object ? path : []));
  return kind === 'function' ? trace.curved(all, call, where) : all;
}

/** What a key leads to: a text, a constant that is one, or a member of an enum. Undefined where it may be no key at all. */
function keyStep(asked: Expression, { module }: Where, trace: Trace): Step | undefined {
  const { known, open } = trace.inference.valuesOf(asked, module);
  if (open || known.length === 0) return undefined;
  const [only, ...others] = known;
  if (only?.kind === 'constant' && others.length === 0)
    return typeof only.value === 'string' ? key(only.value) : undefined;
  return known.every((value) => value.kind === 'instance' && value.member !== undefined) ? any : undefined;
}
