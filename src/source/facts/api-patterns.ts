/**
 * How an outside API is named to be looked for:
 * `numpy.float` the name, however it is imported; `plotly.express.*_mapbox` any name of that form;
 * `streamlit.*(use_column_width=)` a call of such a name with that keyword;
 * `.fillna(method=)` a call of any method of that name with that keyword, `.*(line_terminator=)` of any method,
 * `.applymap()` any call of a method of that name: these three where the receiver is not known, in files that
 * import the module.
 */
export interface AskedApi {
  api: string;
  /** The top-level module it belongs to: `numpy`. */
  module: string;
}

/** One asked API, ready to be compared. */
export interface ApiPattern extends AskedApi {
  /** Full dotted name; absent for methods of unknown receivers. */
  name?: RegExp;
  /** Name of a method whose receiver is unknown. */
  method?: RegExp;
  /** Only calls that give it. */
  keyword?: string;
  /** Only calls that do not give it. */
  without?: string;
}

/** The asked APIs of one module, and what in a text hints at them. */
export interface ModulePatterns {
  patterns: readonly ApiPattern[];
  /** Matches in any text that uses one of them. */
  hint: RegExp;
}

/** Compiles asked APIs, by their module. */
export function compileApis(asked: readonly AskedApi[]): ReadonlyMap<string, ModulePatterns> {
  const byModule = new Map<string, ApiPattern[]>();
  for (const each of asked) byModule.set(each.module, [...(byModule.get(each.module) ?? []), compile(each)]);
  return new Map(
    [...byModule].map(([module, patterns]) => {
      const hints = new Set(patterns.map(({ api, keyword }) => keyword ?? sourceOf(lastNameOf(api))));
      return [module, { patterns, hint: new RegExp(`\\b(?:${[...hints].join('|')})\\b`) }];
    }),
  );
}

function compile({ api, module }: AskedApi): ApiPattern {
  const [, callee = '', not, given] = /^([^(]+)(?:\((?:(!)?(\w+)=)?\))?$/.exec(api) ?? [];
  const about = { api, module, ...(given === undefined ? {} : { [not === '!' ? 'without' : 'keyword']: given }) };
  if (callee.startsWith('.')) return { ...about, method: new RegExp(`^${sourceOf(callee.slice(1))}$`) };
  return { ...about, name: new RegExp(`^${sourceOf(callee)}$`) };
}

function lastNameOf(api: string): string {
  const name = api.replace(/\(.*$/, '');
  return name.slice(name.lastIndexOf('.') + 1);
}

function sourceOf(pattern: string): string {
  return pattern.replaceAll('.', '\\.').replaceAll('*', '\\w*');
}
