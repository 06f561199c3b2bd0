/** Where a file uses outside APIs that somebody asks for, and which of them it sets itself. */
import { isForTypeCheckers } from '../names/certain-flow.js';
import type { Names } from '../names/names.js';
import { eachExpression, eachStatement, type Around } from '../syntax/around.js';
import { positionOf, type Attribute, type Call, type Expression, type ModuleSyntax } from '../syntax/tree.js';
import type { Import, ImportFrom } from '../syntax/tree.js';
import { dottedName, lastName, literalText, statementsIn } from '../syntax/walk.js';
import type { ApiUse, FileFacts } from '../types.js';
import type { ApiPattern, ModulePatterns } from './api-patterns.js';
import { importContext } from './imports.js';
import { Origins, originsIn } from './origins.js';
import { isPresenceGuarded } from './presence.js';

type Found = Required<Pick<FileFacts, 'apiUses' | 'apiShims'>>;

/** Uses of the asked APIs, and asked names the file sets itself, in the order of the text. */
export function apiUsesOf(
  syntax: ModuleSyntax,
  text: string,
  apis: ReadonlyMap<string, ModulePatterns>,
  names: () => Names,
  checkTime: () => void,
): Found {
  const imported = wordsOfImports(syntax);
  const patterns = [...apis]
    .filter(([module, { hint }]) => imported.has(module) && hint.test(text))
    .flatMap(([, each]) => each.patterns);
  if (patterns.length === 0) return { apiUses: [], apiShims: [] };
  const search = new Search(syntax, text, patterns, names(), imported);
  eachStatement(syntax.body, (statement, around) => {
    if (statement.kind === 'Import' || statement.kind === 'ImportFrom') search.import(statement, around);
  });
  eachExpression(syntax.body, (expression, around) => {
    checkTime();
    if (expression.kind === 'Attribute') search.attribute(expression, around);
    else if (expression.kind === 'Call') search.call(expression, around);
  });
  return {
    apiUses: search.uses.sort((a, b) => a.line - b.line || a.column - b.column),
    apiShims: [...search.shims].sort(),
  };
}

/** Every part of what is imported, and every name that it is given. */
function wordsOfImports({ body }: ModuleSyntax): ReadonlySet<string> {
  const words = new Set<string>();
  for (const statement of statementsIn(body)) {
    if (statement.kind !== 'Import' && statement.kind !== 'ImportFrom') continue;
    const named = statement.names.flatMap(({ name, as }) => (as === undefined ? [name] : [name, as]));
    for (const name of statement.kind === 'Import' ? named : [statement.module, ...named]) {
      for (const word of name.split('.')) words.add(word);
    }
  }
  return words;
}

class Search {
  readonly uses: ApiUse[] = [];
  readonly shims = new Set<string>();
  private readonly syntax: ModuleSyntax;
  private readonly text: string;
  /** Of names, called or not. */
  private readonly named: readonly ApiPattern[];
  /** Of calls. */
  private readonly called: readonly ApiPattern[];
  private readonly names: Names;
  private readonly origins: Origins;
  private readonly met = new Map<string, readonly ApiPattern[]>();

  constructor(
    syntax: ModuleSyntax,
    text: string,
    patterns: readonly ApiPattern[],
    names: Names,
    imported: ReadonlySet<string>,
  ) {
    this.syntax = syntax;
    this.text = text;
    this.named = patterns.filter(({ name, keyword }) => name !== undefined && keyword === undefined);
    this.called = patterns.filter(({ method, keyword }) => method !== undefined || keyword !== undefined);
    this.names = names;
    this.origins = new Origins(names, imported);
  }

  /** `from numpy import float` uses the name by importing it. */
  import(statement: Import | ImportFrom, around: Around | undefined): void {
    const { guarded, typeCheckingOnly } = importContext(around);
    if (typeCheckingOnly) return;
    for (const name of originsIn(statement)) {
      for (const { api, without } of this.patternsOf(name)) {
        if (without !== undefined) continue;
        const isExpected = guarded || isPresenceGuarded(statement.at, around);
        this.uses.push({ api, text: name, ...positionOf(this.syntax, statement.at), guarded: isExpected });
      }
    }
  }

  /** A dotted name, its first part being bound by an import. */
  attribute(node: Attribute, around: Around): void {
    if (around.node.kind === 'Attribute') return;
    const name = this.origins.of(node);
    const patterns = name === undefined ? [] : this.patternsOf(name);
    // What the import statement itself uses is told there.
    if (name === undefined || patterns.length === 0 || this.isImported(node)) return;
    if (isAssigned(node, around)) this.shims.add(name);
    else if (!this.isIdle(node, around)) {
      for (const { api, without } of patterns) {
        if (without === undefined || isCalledWithout(node, around, without)) this.use(api, node, around);
      }
    }
  }

  call(call: Call, around: Around): void {
    for (const pattern of this.called) {
      const { api, keyword } = pattern;
      if (keyword !== undefined && !call.args.some((argument) => argument.name === keyword)) continue;
      if (this.isMeant(call.callee, pattern)) this.use(api, call.callee, { node: call, outer: around });
    }
    this.setattr(call);
  }

  private isMeant(callee: Expression, pattern: ApiPattern): boolean {
    if (pattern.name === undefined) return isMethod(callee, pattern) && this.origins.of(callee) === undefined;
    const name = this.origins.of(callee);
    return name !== undefined && pattern.name.test(name);
  }

  /** `setattr(np, 'float', float)`, also by `monkeypatch.setattr`. */
  private setattr({ callee, args }: Call): void {
    const [object, name] = args.map(({ value }) => value);
    if (lastName(callee) !== 'setattr' || object?.kind !== 'Name') return;
    const origin = this.origins.of(object);
    const attribute = literalText(name);
    if (origin !== undefined && attribute !== undefined) this.shims.add(`${origin}.${attribute}`);
  }

  private use(api: string, node: Expression, around: Around): void {
    const end = node.kind === 'Attribute' ? node.nameAt + node.name.length : node.at;
    const text = dottedName(node) ?? this.text.slice(node.at, end).replaceAll(/[\s\\]+/g, '');
    this.uses.push({ api, text, ...positionOf(this.syntax, node.at), guarded: isPresenceGuarded(node.at, around) });
  }

  /** The patterns that a name meets, itself or by one of the names it goes through: `streamlit.cache.clear` uses `streamlit.cache`. */
  private patternsOf(name: string): readonly ApiPattern[] {
    const known = this.met.get(name);
    if (known !== undefined) return known;
    const parts = name.split('.');
    const prefixes = parts.map((_, index) => parts.slice(0, index + 1).join('.'));
    const found = this.named.filter((pattern) => prefixes.some((prefix) => pattern.name?.test(prefix)));
    this.met.set(name, found);
    return found;
  }

  private isImported(node: Attribute): boolean {
    const origin = this.origins.of(firstOf(node));
    return origin !== undefined && this.patternsOf(origin).length > 0;
  }

  /** Never evaluated: an annotation that nobody asks for, or what only type checkers read. */
  private isIdle(node: Attribute, around: Around): boolean {
    const first = firstOf(node);
    if (first.kind === 'Name' && this.names.scopeAt(first)?.hints.includes(first) === true) return true;
    for (let each: Around | undefined = around; each !== undefined; each = each.outer) {
      if (each.node.kind === 'If' && isForTypeCheckers(each.node.test)) return each.block === each.node.body;
    }
    return false;
  }
}

/** `a` of `a.b.c` */
function firstOf(node: Attribute): Expression {
  let first: Expression = node;
  while (first.kind === 'Attribute') first = first.object;
  return first;
}

/** A method of that name, of something that is not known; `self.plot(…)` is the project's own, whatever it is called like. */
function isMethod(callee: Expression, { method }: ApiPattern): boolean {
  if (callee.kind !== 'Attribute' || method?.test(callee.name) !== true) return false;
  return callee.object.kind !== 'Name' || !/^(?:self|cls)$/.test(callee.object.id);
}

function isAssigned(expression: Expression, { node, outer }: Around): boolean {
  switch (node.kind) {
    case 'Assign':
    case 'Delete':
      return node.targets.includes(expression);
    case 'AnnAssign':
    case 'For':
      return node.target === expression;
    case 'Tuple':
      return outer !== undefined && isAssigned(node, outer);
    default:
      return false;
  }
}

/** Called, and neither with the keyword nor with keywords that nobody sees. */
function isCalledWithout(callee: Expression, { node }: Around, keyword: string): boolean {
  if (node.kind !== 'Call' || node.callee !== callee) return false;
  return !node.args.some(({ name, splat }) => splat === '**' || name === keyword);
}
