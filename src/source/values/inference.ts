import type { Module, Program } from '../program.js';
import type { Call, Expression, FunctionDef } from '../syntax/tree.js';
import { annotationValues } from './annotations.js';
import { attributeOf, isTorchModule } from './attributes.js';
import { ClassChanges } from './class-changes.js';
import { elementsOfValue, itemOf } from './elements.js';
import { Growth } from './growth.js';
import { ClassHierarchy } from './hierarchy.js';
import type { Infer } from './infer.js';
import { Members } from './members.js';
import { indexOf, type AnyFunction } from './module-index.js';
import { moduleName, nameValues, namesOfModule } from './names.js';
import { narrowed } from './narrowing.js';
import { lookedUp, pickedBy } from './picked.js';
import { callersOf, callsOf, parameterValues, type CallOfFunction, type Callers } from './parameters.js';
import { emptyModules, givesItself, resultOfCall } from './results.js';
import { Replacements } from './replacements.js';
import { inSessionState, isSessionState } from './session-state.js';
import { usesIn, type Uses } from './uses.js';
import {
  anything,
  containerOf,
  eachOf,
  nothing,
  only,
  union,
  type ContainerValue,
  type FunctionValue,
  type Value,
  type Values,
} from './values.js';
import { literalText } from '../syntax/walk.js';

/** Stands for an answer that is being looked for. */
const asked: Values = { known: [], open: true };

/** Longer chains of evidence than this are not followed. */
const deepest = 120;

/**
 * What expressions of a repository may be, from its text alone. The world is closed: where nothing says what a parameter
 * is, it is what the repository's own calls pass. Asked on demand, and each expression once.
 */
export class Inference implements Infer {
  readonly program: Program;
  readonly hierarchy = new ClassHierarchy(this);
  readonly members = new Members(this.hierarchy);
  readonly classChanges = new ClassChanges(this);
  replacements = new Replacements(this);
  private readonly answers = new Map<Expression, Values>();
  private readonly namespaces = new Map<Module, Map<string, Values | undefined>>();
  private readonly parameters = new Map<AnyFunction, Map<string, Values>>();
  private readonly callers = new Map<AnyFunction, Callers>();
  private readonly calls = new Map<FunctionDef, readonly CallOfFunction[]>();
  private growth: Growth | undefined;
  private depth = 0;
  cuts = 0;
  private usesFound: Uses | undefined;

  constructor(program: Program) {
    this.program = program;
    this.hierarchy.complete();
    // What was found meanwhile was found without knowing all subclasses.
    this.forget();
    // And this without knowing whose objects change their class.
    if (this.classChanges.complete()) this.forget();
  }

  private forget(): void {
    this.answers.clear();
    this.namespaces.clear();
    this.parameters.clear();
    this.callers.clear();
    this.calls.clear();
    this.growth = undefined;
    this.replacements = new Replacements(this);
  }

  get uses(): Uses {
    this.usesFound ??= usesIn(this.program);
    return this.usesFound;
  }

  valuesOf(expression: Expression, module: Module): Values {
    const known = this.answers.get(expression);
    if (known !== undefined) return this.told(known);
    if (this.depth >= deepest) return this.told(asked);
    // What depends on itself is not followed around.
    this.answers.set(expression, asked);
    this.depth += 1;
    const values = narrowed(expression, this.evaluate(expression, module), module, this);
    this.depth -= 1;
    this.answers.set(expression, values);
    return values;
  }

  private evaluate(expression: Expression, module: Module): Values {
    switch (expression.kind) {
      case 'Name':
        return nameValues(expression, module, this);
      case 'Constant':
        return constantValues(expression);
      case 'JoinedStr':
        return only({ kind: 'outside-instance', of: 'builtins.str' });
      case 'Attribute':
        return eachOf(this.valuesOf(expression.object, module), (value) =>
          isSessionState(value)
            ? this.sessionState(expression.name)
            : (attributeOf(value, expression.name, this) ?? nothing),
        );
      case 'Call':
        return this.call(expression, module);
      case 'Subscript':
        return eachOf(this.valuesOf(expression.object, module), (value) =>
          isSessionState(value)
            ? this.sessionState(literalText(expression.index))
            : itemOf(value, expression.index, module, this),
        );
      case 'BoolOp':
        return union([this.valuesOf(expression.left, module), this.valuesOf(expression.right, module)]);
      case 'BinOp':
        return this.joined(expression, module);
      case 'IfExp':
        return union([this.valuesOf(expression.body, module), this.valuesOf(expression.orelse, module)]);
      case 'Lambda':
        return only({ kind: 'function', module, node: expression });
      case 'NamedExpr':
        return this.valuesOf(expression.value, module);
      default: {
        const made = containerOf(expression, module);
        return made === undefined ? anything : only(made);
      }
    }
  }

  /** `[a] + [b]`: a list of what is in either, and so as good as either of them. */
  private joined({ op, left, right }: Extract<Expression, { kind: 'BinOp' }>, module: Module): Values {
    if (op !== '+') return anything;
    const sides = [this.valuesOf(left, module), this.valuesOf(right, module)];
    const isOfLists = ({ known, open }: Values) =>
      !open && known.length > 0 && known.every((value) => value.kind === 'container' && value.type === 'list');
    return sides.every(isOfLists) ? union(sides) : anything;
  }

  /** What is being asked for already may be anything, for now. */
  private told<Told extends Values | undefined>(values: Told): Told | Values {
    if (values !== asked) return values;
    this.cut();
    return anything;
  }

  cut(): void {
    this.cuts += 1;
  }

  private sessionState(key: string | undefined): Values {
    return key === undefined ? anything : inSessionState(key, this, this.uses);
  }

  private call(expression: Call, module: Module): Values {
    const { callee, args } = expression;
    if (callee.kind === 'Name' && callee.id === 'super' && args.length === 0) return this.superOf(expression, module);
    if (callee.kind === 'Attribute' && givesItself.test(callee.name)) {
      const modules = this.valuesOf(callee.object, module).known.filter((value) => value.kind === 'instance');
      const same = modules.filter(({ of }) => isTorchModule(of, this) && this.members.of(of, callee.name).length === 0);
      if (same.length > 0) return only(...same);
    }
    if (
      callee.kind === 'Attribute' &&
      callee.name === 'get' &&
      this.valuesOf(callee.object, module).known.some(isSessionState)
    ) {
      return this.sessionState(literalText(args[0]?.value));
    }
    const found = lookedUp(expression, module, this);
    if (found !== undefined) return found;
    const given = args.map(({ value, splat }) =>
      splat === undefined ? () => this.valuesOf(value, module) : () => anything,
    );
    return eachOf(this.valuesOf(callee, module), (value) => {
      const isPartial = value.kind === 'outside' && /^functools\.partial(?:method)?$/.test(value.name);
      if (isPartial) return given[0]?.() ?? anything;
      const picked = pickedBy(expression, value, module, this);
      if (picked !== undefined) return picked;
      const empty = args.length === 0 ? emptyModules(value, expression, module) : undefined;
      if (empty !== undefined) return only(empty);
      const needed = value.kind === 'outside' ? given.map((ask) => ask()) : [];
      return resultOfCall(value, this, needed);
    });
  }

  /** The one class that `super()` can stand for; where several may come next, it is not told. */
  private superOf(expression: Call, module: Module): Values {
    const node = indexOf(module).calls.get(expression)?.class;
    if (node === undefined) return anything;
    const of = { kind: 'class', module, node } as const;
    const { own, outside, open } = this.hierarchy.bases(of);
    const [base] = own;
    const isMixed = this.hierarchy.descendants(of).some((each) => {
      const bases = this.hierarchy.bases(each);
      return bases.open || bases.own.length + bases.outside.length > 1;
    });
    if (base === undefined || own.length > 1 || outside.length > 0 || open || isMixed) return anything;
    return only({ kind: 'instance', of: base, exact: true });
  }

  annotated(annotation: Expression, module: Module): Values {
    return annotationValues(annotation, module, this);
  }

  attributeOf(value: Value, name: string): Values | undefined {
    return attributeOf(value, name, this);
  }

  resultOf(value: Value): Values {
    return resultOfCall(value, this, []);
  }

  elementsOf(value: Value): Values {
    return elementsOfValue(value, this);
  }

  moduleName(module: Module, name: string): Values | undefined {
    const known = this.namespaces.get(module) ?? new Map<string, Values | undefined>();
    this.namespaces.set(module, known);
    if (known.has(name)) return this.told(known.get(name));
    // Modules that import each other may hand a name round in a circle.
    known.set(name, asked);
    const { cuts } = this;
    const found = moduleName(module, name, this);
    // In the middle of a circle it may not be seen yet who gives the module the name.
    if (found === undefined && this.cuts > cuts) known.delete(name);
    else known.set(name, found);
    return found;
  }

  grown(container: ContainerValue): Values {
    this.growth ??= new Growth(this, this.uses);
    return this.growth.of(container);
  }

  /** Every name that a module's text binds. */
  namesOfModule(module: Module): readonly string[] {
    return namesOfModule(module);
  }

  /** The calls in the repository that may be calls of a function; none of a lambda. */
  callsOf(fn: FunctionValue): readonly CallOfFunction[] {
    if (fn.node.kind === 'Lambda') return [];
    const known = this.calls.get(fn.node);
    if (known !== undefined) return known;
    const found = [...callsOf(fn, fn.node, this, this.uses)];
    this.calls.set(fn.node, found);
    return found;
  }

  callersOf(fn: FunctionValue): Callers {
    const known = this.callers.get(fn.node);
    if (known !== undefined) return known;
    const cut = this.cuts;
    const found = callersOf(fn, this, this.uses);
    // Found in the middle of a circle it may lack somebody, and would be wrong for every parameter.
    if (this.cuts === cut) this.callers.set(fn.node, found);
    return found;
  }

  parameterOf(fn: FunctionValue, name: string): Values {
    const known = this.parameters.get(fn.node) ?? new Map<string, Values>();
    this.parameters.set(fn.node, known);
    const found = known.get(name);
    if (found !== undefined) return this.told(found);
    // A function that calls itself passes on what it was given.
    known.set(name, asked);
    const values = parameterValues(fn, name, this);
    known.set(name, values);
    return values;
  }
}

function constantValues({ type, value }: Extract<Expression, { kind: 'Constant' }>): Values {
  if (type === 'None') return only({ kind: 'constant', value: null });
  if (value !== undefined) return only({ kind: 'constant', value });
  return only({ kind: 'outside-instance', of: `builtins.${type}` });
}
