/** Which names cannot have a value where they are read? */
import type { Definition } from '../names/definitions.js';
import { namesOf, type Names } from '../names/names.js';
import { isLocal, qualifiedName, storedName, type Scope } from '../names/scope.js';
import { evidenceAt, type Analysis } from '../analysis.js';
import { isCython } from '../syntax/cython.js';
import type { Module } from '../program.js';
import { positionOf, type Name } from '../syntax/tree.js';
import { expressionsIn } from '../syntax/walk.js';
import { isExcused, isReadForTypeCheckers, isWaived } from './excuses.js';
import type { Line, Reason, UnboundName } from './facts.js';
import {
  isBoundInModule,
  givesItselfNames,
  isGivenByCallee,
  isRunAsText,
  isStoredFromElsewhere,
  mayComeFromStar,
} from './given-names.js';
import { builtins, installed, ofClassBodies, ofNotebooks } from './known-names.js';
import { branchImports } from './branch-imports.js';
import { importOf, nearestVisible } from './suggest.js';

/** All names of the given files that cannot have a value where they are read. Certain or silent. */
export function unboundNames(analysis: Analysis, files: Iterable<string>): UnboundName[] {
  const found: UnboundName[] = [];
  for (const path of files) {
    const module = analysis.program.module(path);
    if (module === undefined || module.syntax.hasSyntaxErrors || isCython(module)) continue;
    found.push(...new Judge(analysis, module).all());
  }
  return found;
}

/** More say no more: such a file is no Python, or made to be hostile. */
const mostInFile = 100;

/** A read that fails, and why. */
export interface Failing {
  name: Name;
  scope: Scope;
  code: UnboundName['code'];
  reason: Reason;
  definitions: readonly Definition[];
  inAnnotation?: boolean;
}

class Judge {
  private readonly analysis: Analysis;
  private readonly module: Module;
  private readonly names: Names;
  private readonly told = new Set<string>();

  constructor(analysis: Analysis, module: Module) {
    this.analysis = analysis;
    this.module = module;
    this.names = namesOf(module.syntax);
  }

  all(): UnboundName[] {
    const failing = this.names.all.flatMap((scope) => [
      ...scope.reads.flatMap((name) => this.read(name, scope) ?? []),
      ...scope.annotations.flatMap((name) => this.annotation(name, scope) ?? []),
    ]);
    const inBranches = branchImports(this.module, this.names);
    const facts: UnboundName[] = [];
    for (const each of [...failing, ...inBranches].sort((a, b) => a.name.at - b.name.at)) {
      if (facts.length === mostInFile) break;
      if (!this.names.isReached(each.name) || isExcused(each.name, this.module)) continue;
      const fact = this.fact(each);
      if (fact !== undefined) facts.push(fact);
    }
    return facts;
  }

  private read(name: Name, scope: Scope): Failing | undefined {
    const stored = storedName(name.id, scope);
    const owner = this.names.resolve(name.id, scope);
    if (owner === undefined) return this.nowhere(name, stored, scope);
    const runsAtOnce = owner === scope || scope.kind === 'comprehension';
    if (owner.kind === 'module' && owner !== scope && !runsAtOnce) return this.onlyForTypeCheckers(name, stored, scope);
    if (!isLocal(owner, stored) || !runsAtOnce) return undefined;
    const { definitions, unbindings } = this.names.definitionsReaching(name);
    if (definitions.length > 0) return undefined;
    const all = this.names.definitionsOf(owner, stored);
    if (owner.kind === 'module' || owner.kind === 'class') {
      if (this.isGivenFromOutside(name, stored, owner)) return undefined;
      return { name, scope, code: 'undefined-name', ...why(name, all, unbindings) };
    }
    return { name, scope, code: 'unbound-local', ...why(name, all, unbindings) };
  }

  /** In the body of a module or class a name that is not there (yet) may still be one from further outside. */
  private isGivenFromOutside(name: Name, stored: string, owner: Scope): boolean {
    if (owner.kind === 'class') {
      const outside = owner.parent;
      if (ofClassBodies.has(name.id) || outside === undefined) return true;
      if (this.names.resolve(name.id, outside) !== undefined) return true;
    }
    return this.isGiven(stored);
  }

  private nowhere(name: Name, stored: string, scope: Scope): Failing | undefined {
    if (this.isGiven(stored) || isGivenInClass(stored, scope)) return undefined;
    return { name, scope, code: 'undefined-name', reason: 'nowhere', definitions: [] };
  }

  private onlyForTypeCheckers(name: Name, stored: string, scope: Scope): Failing | undefined {
    const definitions = this.names.definitionsOf(this.names.module, stored);
    if (definitions.length === 0 || !definitions.every((each) => each.forTypeCheckers)) return undefined;
    if (this.isGiven(stored) || isReadForTypeCheckers(name, this.module)) return undefined;
    return { name, scope, code: 'undefined-name', reason: 'for-type-checkers', definitions };
  }

  private annotation(name: Name, scope: Scope): Failing | undefined {
    const stored = storedName(name.id, scope);
    const owner = this.names.resolve(name.id, scope);
    const failing =
      owner === undefined
        ? this.nowhere(name, stored, scope)
        : owner.kind === 'module'
          ? this.onlyForTypeCheckers(name, stored, scope)
          : undefined;
    return failing && { ...failing, inAnnotation: true };
  }

  /** By Python, by a star import, by code that makes names, or by another module. */
  private isGiven(stored: string): boolean {
    const { program, inference } = this.analysis;
    if (builtins.has(stored) || installed.has(stored)) return true;
    if (ofNotebooks.has(stored) && isBoundInModule('get_ipython', this.names)) return true;
    // Importing a module from inside a package makes it a name of that package.
    if (program.submodule({ kind: 'module', module: this.module }, stored) !== undefined) return true;
    if (isRunAsText(this.module, program) || isGivenByCallee(this.module, program)) return true;
    if (givesItselfNames(this.module) || mayComeFromStar(stored, this.module, program)) return true;
    return isStoredFromElsewhere(stored, this.module, inference);
  }

  /** The first place in each scope stands for all. */
  private fact({ name, scope, code, reason, definitions, inAnnotation }: Failing): UnboundName | undefined {
    const within = qualifiedName(scope);
    const key = `${code} ${within ?? ''} ${name.id}`;
    const position = positionOf(this.module.syntax, name.at);
    const written = this.analysis.line(this.module.path, position.line);
    if (this.told.has(key) || isWaived(written)) return undefined;
    this.told.add(key);
    const [hidden] = code === 'unbound-local' ? this.names.definitionsOf(this.names.module, name.id) : [];
    const isUnknown = reason === 'nowhere';
    const suggested = isUnknown ? importOf(name.id, this.analysis.program) : undefined;
    const near = isUnknown && suggested === undefined ? nearestVisible(name.id, scope) : undefined;
    return {
      code,
      file: this.module.path,
      ...position,
      text: (written ?? '').trim(),
      name: name.id,
      ...(within === undefined ? {} : { within }),
      reason,
      definitions: definitions.slice(0, 3).map(({ at }) => this.lineOf(at)),
      ...(hidden === undefined ? {} : { hidden: this.lineOf(hidden.at) }),
      ...(inAnnotation ? { inAnnotation: true } : {}),
      ...(near === undefined ? {} : { nearest: near }),
      ...(suggested === undefined ? {} : { import: suggested }),
    };
  }

  private lineOf(at: number): Line {
    const { line, text } = evidenceAt(this.analysis, this.module, at);
    return { line, text };
  }
}

function why(
  name: Name,
  all: readonly Definition[],
  unbindings: readonly Definition[],
): Pick<Failing, 'reason' | 'definitions'> {
  const [gone] = unbindings;
  if (gone !== undefined) {
    return {
      reason: gone.node !== undefined && 'kind' in gone.node ? 'deleted' : 'exception-over',
      definitions: [gone],
    };
  }
  const definitions = all.filter(({ kind }) => kind !== 'unbinding');
  if (definitions.length === 0) return { reason: 'nowhere', definitions };
  if (definitions.some((each) => restsOn(each, name))) return { reason: 'of-itself', definitions };
  return { reason: definitions.every((each) => each.at > name.at) ? 'later' : 'elsewhere', definitions };
}

/** `total += loss`, `total = total + loss` */
function restsOn(definition: Definition, name: Name): boolean {
  if (definition.kind === 'augmented') return definition.node.target === name;
  if (definition.kind !== 'assignment' || definition.value === undefined) return false;
  for (const part of expressionsIn(definition.value)) if (part === name) return true;
  return false;
}

/** `__class__` in methods, and what a class body has of its own. */
function isGivenInClass(stored: string, scope: Scope): boolean {
  if (stored === '__class__') return scope.className !== undefined;
  return ofClassBodies.has(stored) && scope.className !== undefined;
}
