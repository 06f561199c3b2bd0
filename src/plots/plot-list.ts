import type { Analysis } from '../source/analysis.js';
import type { Module } from '../source/program.js';
import type { FunctionDef } from '../source/syntax/tree.js';
import { indexOf } from '../source/values/module-index.js';
import { ownerOf } from '../source/values/names.js';
import { isStatic } from '../source/values/class-info.js';
import type { ClassValue, FunctionValue } from '../source/values/values.js';
import { factorsOfClass, factorsOfParameters } from './factors.js';
import { placeOf } from './scopes.js';
import type { PlotList } from './types.js';

/** What the config says about the plot-list function. */
export interface NamedList {
  /** `components.live_graph:get_available_plot_types` */
  list?: string;
  /** `core.config:MoEConfig` */
  config?: string;
}

/** A file that can be imported, and the name it has then. */
export interface Importable {
  path: string;
  module?: string;
  role: string;
}

type ListFunction = FunctionValue & { node: FunctionDef };

/** How the function is asked: by which name, with an object of which class, and what that can be set to. */
export function describeList(
  analysis: Analysis,
  fn: ListFunction,
  files: readonly Importable[],
  named: NamedList,
): PlotList | { whyNot: string } {
  const { module, node } = fn;
  const name = named.list ?? nameOf(fn, files);
  if (name === undefined) {
    return { whyNot: `${node.name} stands in ${module.path}, which cannot be imported without running it` };
  }
  const place = placeOf(analysis, module, node.at);
  const how = named.list === undefined ? 'its plots are told apart where they are drawn' : 'named in the config';
  const given = node.params.filter(({ splat }, index) => splat === undefined && !(index === 0 && isBound(fn)));
  const of =
    named.config === undefined ? configOf(analysis, fn, given[0]?.name) : classNamed(analysis, named.config, files);
  const config = named.config ?? (of === undefined ? undefined : nameOfClass(of, files));
  const factors = of === undefined ? factorsOfParameters(analysis, module, node) : factorsOfClass(analysis, of, node);
  const settable = new Set(factors.map((factor) => factor.name));
  const unknown = given.find((each) => each.default === undefined && !settable.has(each.name));
  const whyNotAsked =
    config === undefined && unknown !== undefined
      ? `it takes ${unknown.name}, and what that is was not found; name its class with plots.config, or its values with plots.factors`
      : undefined;
  return {
    function: name,
    how,
    place,
    factors,
    ...(config === undefined ? {} : { config }),
    ...(whyNotAsked === undefined ? {} : { whyNotAsked }),
  };
}

/** The function that the config names; undefined when the sources do not show it. */
export function functionNamed(
  analysis: Analysis,
  name: string,
  files: readonly Importable[],
): ListFunction | undefined {
  const found = memberNamed(analysis, name, files);
  return found.find((value): value is ListFunction => value.kind === 'function' && value.node.kind === 'FunctionDef');
}

function classNamed(analysis: Analysis, name: string, files: readonly Importable[]): ClassValue | undefined {
  return memberNamed(analysis, name, files).find((value) => value.kind === 'class');
}

function memberNamed({ inference, program }: Analysis, name: string, files: readonly Importable[]) {
  const [dotted = '', attributes = ''] = name.split(':');
  const path = files.find((file) => file.module === dotted)?.path;
  const module = path === undefined ? undefined : program.module(path);
  if (module === undefined) return [];
  const [first = '', ...rest] = attributes.split('.');
  let values = inference.moduleName(module, first)?.known ?? [];
  for (const part of rest) values = values.flatMap((value) => inference.attributeOf(value, part)?.known ?? []);
  return values;
}

function nameOf({ module, node, owner }: ListFunction, files: readonly Importable[]): string | undefined {
  const dotted = importName(module, files);
  const around = indexOf(module).functions.get(node)?.function;
  if (dotted === undefined || around !== undefined) return undefined;
  return `${dotted}:${owner === undefined ? '' : `${owner.node.name}.`}${node.name}`;
}

function nameOfClass({ module, node }: ClassValue, files: readonly Importable[]): string | undefined {
  // The function's own module imports it, whatever part its file plays.
  const dotted = files.find(({ path }) => path === module.path)?.module;
  return dotted === undefined ? undefined : `${dotted}:${node.name}`;
}

/** Only what is a module is imported as a whole: importing the entry script would run the dashboard. */
function importName({ path }: Module, files: readonly Importable[]): string | undefined {
  return files.find((file) => file.path === path && file.role === 'module')?.module;
}

function isBound({ node, module }: ListFunction): boolean {
  return 'owner' in ownerOf(node, module) && !isStatic(node);
}

/** The one class of the dashboard that a parameter is an object of. */
function configOf({ inference }: Analysis, fn: ListFunction, parameter: string | undefined): ClassValue | undefined {
  if (parameter === undefined) return undefined;
  const classes = inference
    .parameterOf(fn, parameter)
    .known.flatMap((value) => (value.kind === 'instance' ? [value.of] : []));
  const [only, ...others] = classes;
  const isOne = only !== undefined && others.every(({ node }) => node === only.node);
  return isOne && only.node.name !== undefined && !isEnumLike(only) ? only : undefined;
}

function isEnumLike({ node }: ClassValue): boolean {
  return node.args.some(({ value }) => value.kind === 'Name' && /(?:Enum|Flag)$/.test(value.id));
}
