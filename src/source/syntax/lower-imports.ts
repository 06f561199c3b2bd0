import type { Node } from '../parsing/node.js';
import type { Alias, Import, ImportFrom } from './tree.js';

function aliases(node: Node): Alias[] {
  return node.childrenForFieldName('name').map((name) => {
    const alias = name.childForFieldName('alias');
    const dotted = withoutBlanks(name.childForFieldName('name') ?? name);
    return { at: name.startIndex, name: dotted, ...(alias === null ? {} : { as: alias.text }) };
  });
}

/** `from m import a, b` */
export function importFrom(node: Node): ImportFrom {
  const isFuture = node.type === 'future_import_statement';
  const origin = isFuture ? '__future__' : withoutBlanks(node.childForFieldName('module_name') ?? node);
  const wildcard = node.namedChildren.find(({ type }) => type === 'wildcard_import');
  const module = origin.replace(/^\.+/, '');
  const names = wildcard === undefined ? aliases(node) : [{ at: wildcard.startIndex, name: '*' }];
  return { kind: 'ImportFrom', at: node.startIndex, module, level: origin.length - module.length, names };
}

/** `a . b`, also over a continued line, is `a.b`. */
function withoutBlanks(node: Node): string {
  return node.text.replaceAll(/[\s\\]/g, '');
}

/** `import a.b as c, d` */
export function importNames(node: Node): Import {
  return { kind: 'Import', at: node.startIndex, names: aliases(node) };
}
