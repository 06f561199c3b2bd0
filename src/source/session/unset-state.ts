import { resembling } from '../../util/alike.js';
import { isConstant } from '../keys/patterns.js';
import { positionOf } from '../syntax/tree.js';
import { statementsIn } from '../syntax/walk.js';
import { triesAround } from '../values/guards.js';
import type { Inference } from '../values/inference.js';
import { indexOf, placeOf } from '../values/module-index.js';
import type { Module } from '../program.js';
import { namesOfState } from './mentions.js';
import { isStored, StateUse } from './state-use.js';

/** A key of `st.session_state` that is asked for and that nothing ever stores. */
export interface UnsetState {
  file: string;
  line: number;
  column: number;
  key: string;
  /** Asked for in brackets, and not as an attribute. */
  isItem: boolean;
  /** A key that is stored. */
  nearest?: string;
}

/**
 * Every key of the session state that is asked for without a default, or a test, and that nothing in the repository
 * stores. Silent where anything may be stored that the text does not show.
 */
export function unsetState(inference: Inference): UnsetState[] {
  const modules = inference.program.paths.map((path) => inference.program.module(path));
  const known = modules.flatMap((module) => (module === undefined || module.syntax.hasSyntaxErrors ? [] : [module]));
  if (known.length < modules.length || !known.some(namesState)) return [];
  if (known.some((module) => isForeign(module, inference))) return [];
  const names = namesOfState(known, inference);
  const uses = known.map((module) => ({ module, use: new StateUse(module, names, inference) }));
  const all = uses.map(({ use }) => use);
  if (all.some(({ isOpen }) => isOpen)) return [];
  const keys = [...new Set(all.flatMap(({ stored }) => stored.filter(isConstant).flat()))];
  return uses.flatMap(({ module, use }) =>
    use.reads.flatMap(({ node, key }): UnsetState[] => {
      if (isOfStreamlit(key) || isStored(key, all) || isTried(node, module)) return [];
      const near = resembling(key, keys);
      const { line, column } = positionOf(module.syntax, node.at);
      const found = { file: module.path, line, column, key, isItem: node.kind === 'Subscript' };
      return [near === undefined ? found : { ...found, nearest: near }];
    }),
  );
}

/** As quick to tell as it can be: most repositories that are no dashboard have none. */
function namesState(module: Module): boolean {
  const { places } = indexOf(module);
  return (
    [...places.keys()].some((node) => node.kind === 'Attribute' && node.name === 'session_state') ||
    statementsIn(module.syntax.body).some(
      (statement) => statement.kind === 'ImportFrom' && statement.names.some(({ name }) => name === 'session_state'),
    )
  );
}

/** Streamlit keeps the buttons of forms under names of its own: `FormSubmitter:options-Save`. */
function isOfStreamlit(key: string): boolean {
  return /^(?:FormSubmitter:|\$\$)/.test(key);
}

/** Components for Streamlit store keys of their own: `st.session_state["authentication_status"]`. */
function isForeign({ path, syntax }: Module, { program }: Inference): boolean {
  const isOutside = (name: string) => program.imported(path, name, 0).kind !== 'module';
  return statementsIn(syntax.body).some((statement) => {
    if (statement.kind === 'Import') return statement.names.some(({ name }) => isComponent(name) && isOutside(name));
    if (statement.kind !== 'ImportFrom' || statement.level > 0 || isStreamlit(statement.module)) return false;
    const names = [statement.module, ...statement.names.map(({ name }) => name)];
    return names.some(isComponent) && isOutside(statement.module);
  });
}

function isStreamlit(module: string): boolean {
  return /^streamlit(?:\.|$)/.test(module);
}

/** `streamlit_authenticator`, `trubrics.integrations.streamlit`, `StreamlitChatMessageHistory` */
function isComponent(name: string): boolean {
  return !isStreamlit(name) && /streamlit|^st_|^stauth|hydralit/i.test(name);
}

function isTried(node: Parameters<typeof placeOf>[0], module: Module): boolean {
  return !triesAround(placeOf(node, module)?.guard).next().done;
}
