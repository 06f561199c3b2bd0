import type { Language, Tree as ParsedTree } from '#tree-sitter';
import { Node, type NodeText, type NodeType, type Tree } from './node.js';

/** Nodes between two looks at the clock. */
const nodesBetweenChecks = 10_000;

/**
 * Copies trees of one grammar out of WebAssembly: one walk, after which nobody has to go there again.
 * @returns what copies a tree; `checkTime` throws once the file has taken too long.
 */
export function copier(language: Language): (parsed: ParsedTree, text: string, checkTime: () => void) => Tree {
  const types = Array.from({ length: language.nodeTypeCount }, (_, id): NodeType => {
    return { name: language.nodeTypeForId(id) ?? '', isNamed: language.nodeTypeIsNamed(id) };
  });
  const fields = Array.from({ length: language.fieldCount + 1 }, (_, id) => language.fieldNameForId(id) ?? undefined);
  return (parsed, text, checkTime) => {
    const nodes: Node[] = [];
    const of: NodeText = { text, lines: lineStarts(text), nodes };
    const cursor = parsed.walk();
    const copied = (parent: Node | null): Node => {
      const range = [cursor.startIndex, cursor.endIndex] as const;
      const node = new Node(of, types[cursor.nodeTypeId] ?? broken, range, parent, fields[cursor.currentFieldId]);
      nodes.push(node);
      parent?.children.push(node);
      return node;
    };
    const root = copied(null);
    let parent: Node | null = cursor.gotoFirstChild() ? root : null;
    while (parent !== null) {
      if (nodes.length % nodesBetweenChecks === 0) checkTime();
      const node: Node = copied(parent);
      if (cursor.gotoFirstChild()) {
        parent = node;
        continue;
      }
      while (parent !== null && !cursor.gotoNextSibling()) {
        cursor.gotoParent();
        parent = parent.parent;
      }
    }
    cursor.delete();
    return { ...of, root, hasError: parsed.rootNode.hasError };
  };
}

const broken: NodeType = { name: 'ERROR', isNamed: true };

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
