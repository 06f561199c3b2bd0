/** Which names single statements bind. */
import type { Alias, Expression, Import, ImportFrom, Pattern, Statement } from './tree.js';

/** The names that a statement itself binds, in its own scope: not those of blocks inside it, nor by `:=`. */
export function boundBy(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case 'FunctionDef':
    case 'ClassDef':
    case 'TypeAlias':
      return [statement.name];
    case 'Import':
    case 'ImportFrom':
      return statement.names.flatMap((alias) => boundByAlias(alias, statement) ?? []);
    case 'Assign':
      return statement.targets.flatMap(namesInTarget);
    case 'AnnAssign':
      return statement.value === undefined ? [] : namesInTarget(statement.target);
    case 'AugAssign':
    case 'For':
      return namesInTarget(statement.target);
    case 'With':
      return statement.items.flatMap(({ target }) => (target === undefined ? [] : namesInTarget(target)));
    case 'Try':
      return statement.handlers.flatMap(({ name }) => name ?? []);
    case 'Match':
      return statement.cases.flatMap(({ pattern }) => namesInPattern(pattern));
    default:
      return [];
  }
}

/** The name that one part of an import statement binds: `import a.b` binds `a`. Undefined for `*`. */
export function boundByAlias({ name, as }: Alias, { kind }: Pick<Import | ImportFrom, 'kind'>): string | undefined {
  if (as !== undefined) return as;
  if (kind === 'Import') return topOf(name);
  return name === '*' ? undefined : name;
}

/** `a` of `a.b.c` */
export function topOf(dotted: string): string {
  return dotted.split('.', 1)[0] ?? dotted;
}

function namesInTarget(target: Expression): readonly string[] {
  switch (target.kind) {
    case 'Name':
      return [target.id];
    case 'Starred':
      return namesInTarget(target.value);
    case 'Tuple':
    case 'List':
      return target.elements.flatMap(namesInTarget);
    default:
      return [];
  }
}

function namesInPattern(pattern: Pattern): readonly string[] {
  switch (pattern.kind) {
    case 'MatchValue':
      return [];
    case 'MatchCapture':
    case 'MatchStar':
      return pattern.name === undefined ? [] : [pattern.name];
    case 'MatchAs':
      return [...namesInPattern(pattern.pattern), pattern.name];
    case 'MatchOr':
    case 'MatchSequence':
    case 'MatchClass':
      return pattern.patterns.flatMap(namesInPattern);
    case 'MatchMapping':
      return [
        ...pattern.entries.flatMap(({ pattern: inner }) => namesInPattern(inner)),
        ...(pattern.rest === undefined ? [] : [pattern.rest]),
      ];
    default:
      return pattern satisfies never;
  }
}
