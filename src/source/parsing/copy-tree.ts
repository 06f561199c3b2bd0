/** How does a tree come out of WebAssembly? */
import { walkTree, type Language, type Tree as ParsedTree } from '#tree-sitter';
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
    let parent: Node | null = null;
    walkTree(
      parsed,
      (typeId, fieldId, start, end) => {
        if (nodes.length % nodesBetweenChecks === 0) checkTime();
        const node: Node = new Node(of, types[typeId] ?? broken, start, end, parent, fields[fieldId]);
        nodes.push(node);
        parent?.add(node);
        parent = node;
      },
      () => {
        parent = parent?.parent ?? null;
      },
    );
    const [root] = nodes;
    if (root === undefined) throw new Error('a tree has a root');
    return { ...of, root, hasError: parsed.rootNode.hasError };
  };
}

const broken: NodeType = { name: 'ERROR', isNamed: true };

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
