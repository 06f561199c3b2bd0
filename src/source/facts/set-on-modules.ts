import type { Node, Tree } from '../parsing/node.js';
import { importedNames, originOf } from './imports.js';
import type { PythonParser } from '../parsing/parser.js';
import type { NameSetOnModule } from '../types.js';

/** What the file sets on what it imports: `type_api.NULLTYPE = …`, `setattr(type_api, "NULLTYPE", …)`. */
export function setOnModules(tree: Tree, statements: readonly Node[], parser: PythonParser): NameSetOnModule[] {
  const modules = boundModules(statements);
  if (modules.size === 0) return [];
  const found = new Map<string, NameSetOnModule>();
  const note = (object: Node | null | undefined, name: string): void => {
    const [first = '', ...rest] = object?.text.split('.') ?? [];
    for (const { module, level } of modules.get(first) ?? []) {
      const whole = [module, ...rest].join('.');
      found.set(`${level} ${whole} ${name}`, { module: whole, level, name });
    }
  };
  for (const node of tree.root.descendantsOfType('assignment', 'call')) {
    parser.checkTime();
    if (node.type === 'assignment') {
      const left = node.childForFieldName('left');
      if (left?.type === 'attribute') {
        note(left.childForFieldName('object'), left.childForFieldName('attribute')?.text ?? '');
      }
    } else if (node.childForFieldName('function')?.text === 'setattr') {
      const [object, name] = node.childForFieldName('arguments')?.namedChildren ?? [];
      note(object, /^["'](\w+)["']$/.exec(name?.text ?? '')?.[1] ?? '*');
    }
  }
  return [...found.values()];
}

type Origin = Pick<NameSetOnModule, 'module' | 'level'>;

/** What may be a module, by the name that an import binds it to: `import a.b` binds `a`, `from .a import b as c` binds `c`. */
function boundModules(statements: readonly Node[]): Map<string, Origin[]> {
  const modules = new Map<string, Origin[]>();
  for (const statement of statements) {
    const isFrom = statement.type !== 'import_statement';
    const from = isFrom ? originOf(statement) : { module: '', level: 0 };
    for (const { name, bound } of importedNames(statement)) {
      const whole = isFrom ? [from.module, name].filter((part) => part !== '').join('.') : name;
      const module = !isFrom && name.startsWith(`${bound}.`) ? bound : whole;
      modules.set(bound, [...(modules.get(bound) ?? []), { module, level: from.level }]);
    }
  }
  return modules;
}
