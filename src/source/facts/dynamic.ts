import type { Node, Tree } from '../parsing/node.js';
import type { ImportUse } from '../types.js';

const mention = /\bglobals\b|\bexec\b|\bexecfile\b|\bsys\s*\.\s*modules\b|\b__path__\b|\bvars\b|\blocals\b|\bsetattr\b/;

/** True when names or submodules can appear in the module that its text does not show; see FileFacts.definesDynamically. */
export function definesDynamically(
  path: string,
  tree: Tree,
  definitions: ReadonlySet<string>,
  imports: readonly ImportUse[],
): boolean {
  if (definitions.has('__getattr__')) return true;
  if (imports.some(({ names, atModuleLevel }) => atModuleLevel && names.includes('*'))) return true;
  if (imports.some(({ module, level, names }) => level === 0 && module === 'sys' && names.includes('modules')))
    return true;
  const stem = path.slice(path.lastIndexOf('/') + 1, -'.py'.length);
  return (
    mention.test(tree.text) &&
    tree.root.descendantsOfType('identifier').some((node) => reachesNamespace(node) || isSetOn(stem, node))
  );
}

function reachesNamespace(node: Node): boolean {
  switch (node.text) {
    case '__path__':
      return true;
    case 'globals':
    case 'exec':
    case 'execfile':
      return isCalled(node);
    case 'modules':
      return node.parent?.type === 'attribute' && node.parent.childForFieldName('object')?.text === 'sys';
    case 'vars':
    case 'locals':
      return isCalled(node) && !isInFunction(node);
    default:
      return false;
  }
}

/** `from numpy import dtypes; setattr(dtypes, …)` in dtypes.py: a module that reaches itself by its name. */
function isSetOn(stem: string, node: Node): boolean {
  if (node.text !== 'setattr' || !isCalled(node)) return false;
  return node.parent?.childForFieldName('arguments')?.namedChild(0)?.text === stem;
}

function isCalled(node: Node): boolean {
  return node.parent?.type === 'call' && node.parent.childForFieldName('function') === node;
}

function isInFunction(node: Node): boolean {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.type === 'function_definition') return true;
  }
  return false;
}
