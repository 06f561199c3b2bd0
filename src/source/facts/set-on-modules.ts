/** What a file sets on the modules that it imports. */
import type { Expression, ModuleSyntax, Statement } from '../syntax/tree.js';
import { boundByAlias } from '../syntax/bound-names.js';
import { dottedName, expressionsHeldBy, literalText, statementsIn } from '../syntax/walk.js';
import type { NameSetOnModule } from '../types.js';

/** What the file sets on what it imports, be that a module or not: `type_api.NULLTYPE = …`, `setattr(type_api, "NULLTYPE", …)`. */
export function setOnModules({ body }: ModuleSyntax, text: string): NameSetOnModule[] {
  const statements = statementsIn(body);
  const modules = boundModules(statements);
  if (modules.size === 0) return [];
  const found = new Map<string, NameSetOnModule>();
  const note = (object: Expression | undefined, name: string): void => {
    const [first = '', ...rest] = (object && dottedName(object))?.split('.') ?? [];
    for (const { module, level } of modules.get(first)?.values() ?? []) {
      const whole = [module, ...rest].join('.');
      found.set(`${level} ${whole} ${name}`, { module: whole, level, name });
    }
  };
  for (const target of statements.flatMap(targetsOf)) if (target.kind === 'Attribute') note(target.object, target.name);
  for (const call of text.includes('setattr') ? expressionsHeldBy(statements) : []) {
    if (call.kind !== 'Call' || call.callee.kind !== 'Name' || call.callee.id !== 'setattr') continue;
    const [object, name] = call.args.map(({ value }) => value);
    note(object, literalText(name) ?? '*');
  }
  return [...found.values()];
}

function targetsOf(statement: Statement): readonly Expression[] {
  if (statement.kind === 'Assign') return statement.targets;
  return statement.kind === 'AnnAssign' ? [statement.target] : [];
}

type Origin = Pick<NameSetOnModule, 'module' | 'level'>;

/** What may be a module, by the name that an import binds it to: `import a.b` binds `a`, `from .a import b as c` binds `c`. */
function boundModules(statements: readonly Statement[]): ReadonlyMap<string, ReadonlyMap<string, Origin>> {
  const modules = new Map<string, Map<string, Origin>>();
  for (const statement of statements) {
    if (statement.kind !== 'Import' && statement.kind !== 'ImportFrom') continue;
    const [from, level] = statement.kind === 'Import' ? ['', 0] : [statement.module, statement.level];
    for (const alias of statement.names) {
      const bound = boundByAlias(alias, statement);
      if (bound === undefined) continue;
      const named = alias.as === undefined ? bound : alias.name;
      const module = from === '' ? named : `${from}.${named}`;
      const origins = modules.get(bound) ?? new Map<string, Origin>();
      modules.set(bound, origins.set(`${level} ${module}`, { module, level }));
    }
  }
  return modules;
}
