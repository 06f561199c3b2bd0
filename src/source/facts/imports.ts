import type { Node, Tree } from '../parsing/node.js';
import { importContext } from './context.js';
import type { PythonParser } from '../parsing/parser.js';
import type { ImportUse } from '../types.js';

/** What the statements of a file import, in their order. */
export function importsOf(statements: readonly Node[], parser: PythonParser): ImportUse[] {
  return statements.flatMap((node) => {
    parser.checkTime();
    const { line } = node.position;
    const context = importContext(node);
    if (node.type === 'import_statement') {
      return importedNames(node).map(({ name }) => Object.assign({ module: name, level: 0, names: [], line }, context));
    }
    const isWildcard = node.namedChildren.some((child) => child.type === 'wildcard_import');
    const names = isWildcard ? ['*'] : importedNames(node).map(({ name }) => name);
    return [{ ...originOf(node), names, line, ...context }];
  });
}

/** In the order of the text. */
export function importStatements({ root }: Tree): readonly Node[] {
  return root.descendantsOfType('import_statement', 'import_from_statement', 'future_import_statement');
}

/** What an import statement imports, and under which name it binds it: `import a.b` binds `a`. */
export function importedNames(statement: Node): { name: string; bound: string }[] {
  return statement.childrenForFieldName('name').map((node) => {
    const alias = node.childForFieldName('alias');
    const name = dotted(node.childForFieldName('name') ?? node);
    return { name, bound: alias?.text ?? name.split('.', 1)[0] ?? name };
  });
}

/** Where a from-import takes its names from. */
export function originOf(statement: Node): { module: string; level: number } {
  if (statement.type === 'future_import_statement') return { module: '__future__', level: 0 };
  const origin = statement.childForFieldName('module_name');
  const text = origin === null ? '' : dotted(origin);
  const module = text.replace(/^\.+/, '');
  return { module, level: text.length - module.length };
}

/** `a . b`, also over a continued line, is `a.b`. */
function dotted(node: Node): string {
  return node.text.replaceAll(/[\s\\]/g, '');
}
