// oxlint-disable no-underscore-dangle -- the names of the compiled functions

/**
 * Walks a whole tree, each node before what is inside of it. Not part of web-tree-sitter: its cursor hands its state
 * over the border of WebAssembly with every question, which takes longer than everything else about a node. Here the
 * state stays in the transfer buffer, where both sides expect it, so neither function may ask the tree for anything.
 * @param {Tree} tree
 * @param {(typeId: number, fieldId: number, start: number, end: number) => void} enter called for every node; offsets
 *   are in UTF-16 code units
 * @param {() => void} leave called after everything inside of a node
 */
export function walkTree(tree, enter, leave) {
  const address = tree[0];
  const typeIdOf = C._ts_tree_cursor_current_node_type_id_wasm;
  const fieldIdOf = C._ts_tree_cursor_current_field_id_wasm;
  const startOf = C._ts_tree_cursor_start_index_wasm;
  const endOf = C._ts_tree_cursor_end_index_wasm;
  const cursor = tree.walk();
  marshalTreeCursor(cursor);
  try {
    let depth = 0;
    do {
      enter(typeIdOf(address), fieldIdOf(address), startOf(address), endOf(address));
      if (C._ts_tree_cursor_goto_first_child_wasm(address)) {
        depth += 1;
        continue;
      }
      leave();
      while (depth > 0 && !C._ts_tree_cursor_goto_next_sibling_wasm(address)) {
        C._ts_tree_cursor_goto_parent_wasm(address);
        depth -= 1;
        leave();
      }
    } while (depth > 0);
  } finally {
    unmarshalTreeCursor(cursor);
    cursor.delete();
  }
}
