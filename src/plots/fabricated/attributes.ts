import type { Module } from '../../source/program.js';
import type { Expression } from '../../source/syntax/tree.js';
import { dottedName } from '../../source/syntax/walk.js';
import { isTorchModule } from '../../source/values/attributes.js';
import { isProperty } from '../../source/values/results.js';
import type { ClassValue, InstanceValue } from '../../source/values/values.js';
import { isSessionState, type Change } from './changes.js';
import { placeOf } from '../../source/values/module-index.js';
import { constant, either, measured, type Origins } from './origins.js';
import { key, type Path } from './paths.js';
import type { Trace, Where } from './trace.js';
import { changed } from './variables.js';

/** Attributes that hold the same numbers as their object. */
const same = /^(?:T|mT|values|real|flat|array|loc|iloc|at|iat)$/;
const counts = /^(?:shape|size|ndim|dtype|index|columns|pi|e|inf|nan|tau)$/;

/** What an attribute of an object holds. */
export function attributeOrigins(object: Expression, name: string, where: Where, path: Path, trace: Trace): Origins {
  if (isSessionState(object)) return sessionOrigins(name, path, trace);
  const values = trace.inference.valuesOf(object, where.module);
  const [only] = values.known;
  if (values.known.length === 1 && !values.open && only?.kind === 'module')
    return trace.ofModuleName(only.module, name, path);
  if (only?.kind === 'outside') return counts.test(name) ? constant : measured;
  const owners = values.known.filter((value) => value.kind === 'instance' || value.kind === 'class');
  if (owners.length > 0) return either(owners.map((owner) => memberOrigins(owner, name, path, trace)));
  if (counts.test(name)) return constant;
  return trace.at(object, where, same.test(name) ? path : [key(name), ...path]);
}

function memberOrigins(owner: InstanceValue | ClassValue, name: string, path: Path, trace: Trace): Origins {
  const { inference } = trace;
  const of = owner.kind === 'instance' ? owner.of : owner;
  if (isTorchModule(of, inference)) return measured;
  const held = inference.members.of(of, name).map(({ member, owner: { module } }) => {
    if (member.kind === 'function' && isProperty(member.node)) {
      const fn = { kind: 'function', module, node: member.node } as const;
      return { origins: trace.ofFunction(fn, { args: [], bound: true, caller: { module } }, path), isFirst: false };
    }
    if (member.kind !== 'value' || member.value === undefined) return { origins: measured, isFirst: false };
    const origins = trace.at(member.value, { module, closed: true }, path);
    return { origins, isFirst: isInitial(member.value, module) };
  });
  if (held.length === 0) return measured;
  const isMeasured = held.some(({ origins }) => origins.some(({ kind }) => kind === 'measured'));
  // What an object begins with is gone once something is measured.
  const lasting = isMeasured ? held.filter(({ isFirst }) => !isFirst) : held;
  const base = either(lasting.map(({ origins }) => origins));
  const changes = trace.changes.ofAttribute(name).filter((change) => mayChange(change, of, trace));
  const added = changes.filter((change) => change.part.length > 0 || change.replaces !== true);
  return changed(base, added, { module: of.module, closed: true }, path, trace);
}

/** Written in the class body or in `__init__`. */
function isInitial(value: Expression, module: Module): boolean {
  const fn = placeOf(value, module)?.function;
  return (
    fn === undefined ||
    (fn.kind === 'FunctionDef' && /^__init__$|^__post_init__$|^_?(?:init|reset|setup)/.test(fn.name))
  );
}

/** A change of `self.x` concerns the class it stands in, any other one whoever has such an attribute. */
function mayChange(change: Change, of: ClassValue, { inference }: Trace): boolean {
  if (change.class === undefined) return true;
  const other: ClassValue = { kind: 'class', module: change.module, node: change.class };
  return inference.hierarchy.areRelated(other, of) || !isOfSelf(change);
}

function isOfSelf({ statement }: Change): boolean {
  const target =
    statement.kind === 'Assign'
      ? statement.targets[0]
      : statement.kind === 'AugAssign'
        ? statement.target
        : statement.kind === 'Expr' && statement.value.kind === 'Call'
          ? statement.value.callee
          : undefined;
  let root = target;
  while (root?.kind === 'Subscript' || root?.kind === 'Attribute') root = root.object;
  return root !== undefined && dottedName(root) === 'self';
}

/** What is kept in the session state, by everything in the repository that stores something there. */
export function sessionOrigins(name: string, path: Path, trace: Trace): Origins {
  const changes = trace.changes.ofSession(name);
  const stored = changes.filter(({ part, replaces }) => replaces && part.length === 0);
  if (stored.length === 0) return measured;
  const base = either(
    stored.map(({ value, module }) => (value === undefined ? measured : trace.at(value, { module }, path))),
  );
  const added = changes.filter((change) => !stored.includes(change));
  return changed(
    base,
    added,
    { module: stored[0]?.module ?? { path: '', syntax: { body: [], lines: [] } } },
    path,
    trace,
  );
}
