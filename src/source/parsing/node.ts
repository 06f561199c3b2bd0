/** The tree of a text, as the grammar sees it. */
import { positionOf } from '../syntax/tree.js';

/** The text that nodes are of. */
export interface NodeText {
  text: string;
  /** Offset of the first character of each line. */
  lines: readonly number[];
  /** Every node before what is inside of it, in the order of the text; the first is the root. */
  nodes: readonly Node[];
}

/** A text as the grammar sees it, copied out of WebAssembly, where every look at a node costs more than the node here. */
export interface Tree extends NodeText {
  root: Node;
  /** The grammar could not make sense of some part. */
  hasError: boolean;
}

/** What a kind of node is called, and whether it is a rule of the grammar or just a token: `+`. */
export interface NodeType {
  name: string;
  isNamed: boolean;
}

const none: readonly Node[] = [];

/** One node. Its members are called as in tree-sitter. */
export class Node {
  readonly of: NodeText;
  readonly type: string;
  readonly isNamed: boolean;
  /** Offsets in UTF-16 code units. */
  readonly startIndex: number;
  readonly endIndex: number;
  readonly parent: Node | null;
  /** What it is to its parent. */
  readonly field: string | undefined;
  /** Its place in `of.nodes`. */
  private readonly index: number;
  private below: Node[] | undefined;
  private named: readonly Node[] | undefined;

  constructor(
    of: NodeText,
    { name, isNamed }: NodeType,
    startIndex: number,
    endIndex: number,
    parent: Node | null,
    field: string | undefined,
  ) {
    this.of = of;
    this.type = name;
    this.isNamed = isNamed;
    this.startIndex = startIndex;
    this.endIndex = endIndex;
    this.parent = parent;
    this.field = field;
    this.index = of.nodes.length;
    this.below = undefined;
    this.named = undefined;
  }

  get children(): readonly Node[] {
    return this.below ?? none;
  }

  /** While the tree is made: the next child. */
  add(child: Node): void {
    if (this.below === undefined) this.below = [child];
    else this.below.push(child);
  }

  get text(): string {
    return this.of.text.slice(this.startIndex, this.endIndex);
  }

  /** Where it begins: 1-based, columns in UTF-16 code units. */
  get position(): { line: number; column: number } {
    return positionOf(this.of, this.startIndex);
  }

  get namedChildren(): readonly Node[] {
    this.named ??= this.children.filter(({ isNamed }) => isNamed);
    return this.named;
  }

  namedChild(index: number): Node | null {
    return this.namedChildren[index] ?? null;
  }

  childForFieldName(field: string): Node | null {
    for (const child of this.children) if (child.field === field) return child;
    return null;
  }

  childrenForFieldName(field: string): readonly Node[] {
    return this.children.filter((child) => child.field === field);
  }

  /** Itself and everything below it of these types, in the order of the text. */
  descendantsOfType(...types: readonly string[]): readonly Node[] {
    const end = lastBelow(this).index;
    const found: Node[] = [];
    for (let index = this.index; index <= end; index += 1) {
      const node = this.of.nodes[index];
      if (node !== undefined && types.includes(node.type)) found.push(node);
    }
    return found;
  }

  /** The smallest node that holds this part of the text. */
  descendantForIndex(start: number, end = start): Node {
    const holds = (node: Node): boolean => node.startIndex <= start && node.endIndex >= end && node.endIndex > start;
    let inner = this.children.find(holds);
    for (let next = inner; next !== undefined; next = next.children.find(holds)) inner = next;
    return inner ?? this;
  }
}

function lastBelow(node: Node): Node {
  let last = node;
  for (let child = last.children.at(-1); child !== undefined; child = last.children.at(-1)) last = child;
  return last;
}
