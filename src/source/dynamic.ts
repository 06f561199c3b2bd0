import type { Node, Tree } from '#tree-sitter';
import type { PythonParser } from './parser.js';
import type { ImportUse } from './types.js';

const mention = /\bglobals\b|\bexec\b|\bexecfile\b|\bsys\s*\.\s*modules\b|\b__path__\b|\bvars\b|\blocals\b/;

/** True when names or submodules can appear in the module that its text does not show; see FileFacts.definesDynamically. */
export function definesDynamically(
  tree: Tree,
  text: string,
  definitions: ReadonlySet<string>,
  imports: readonly ImportUse[],
  parser: PythonParser,
): boolean {
  if (definitions.has('__getattr__')) return true;
  if (imports.some(({ names, atModuleLevel }) => atModuleLevel && names.includes('*'))) return true;
  return mention.test(text) && parser.find('identifiers', tree).some(reachesNamespace);
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

function isCalled(node: Node): boolean {
  return node.parent?.type === 'call' && (node.parent.childForFieldName('function')?.equals(node) ?? false);
}

function isInFunction(node: Node): boolean {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.type === 'function_definition') return true;
  }
  return false;
}
