/** What a function from outside gives, as far as the origin of its numbers goes. */
export type OutsideKind =
  /** Numbers from a generator, whatever it is given. */
  | 'random'
  /** Some of what it is given, or random numbers around it. */
  | 'selection'
  | 'grid'
  | 'constant'
  /** The same numbers in another container: a key leads to the same place as before. */
  | 'container'
  /** Computed from the numbers it is given, in proportion. */
  | 'linear'
  /** Computed from the numbers it is given. */
  | 'function'
  | 'measured';

const random =
  /^(?:(?:builtins\.)?random|numpy\.random(?:\.mtrand)?|tensorflow(?:\.compat\.v\d)?\.random|jax\.random|cupy\.random|mxnet\.nd\.random)\.(?!seed$|default_rng$|RandomState$|Generator$|SeedSequence$|PCG64$|Random$|SystemRandom$|PRNGKey$|key$|split$|fold_in$|getstate$|setstate$|get_state$|set_state$|set_seed$)\w+$|^torch\.(?:rand|randn|randint|rand_like|randn_like|randint_like|normal)$|^secrets\.(?:randbelow|randbits)$|^scipy\.stats\.\w+\.rvs$|^streamlit\.testing\.random\.\w+$/;
const selection = /\.(?:choices?|sample|shuffle|permutation|permuted|randperm|multinomial|bernoulli|categorical)$/;
/** Distributions with parameters: around something measured, they are no more invented than that. */
const distribution =
  /\.(?:normal|uniform|gauss|normalvariate|lognormal|lognormvariate|poisson|gamma|beta|betavariate|gammavariate|triangular|exponential|expovariate|binomial|laplace|vonmises|weibull|truncated_normal|logistic|chisquare|dirichlet|rvs|multivariate_normal)$/;
const generators =
  /^(?:random\.(?:Random|SystemRandom)|numpy\.random\.(?:default_rng|RandomState|Generator)|faker\.Faker|faker\.proxy\.Faker)$/;

const arrays = '(?:numpy|jax\\.numpy|cupy|torch|tensorflow|math|cmath|pandas|polars)';
const grid = new RegExp(`^(?:builtins\\.range|${arrays}\\.(?:linspace|arange|logspace|geomspace|range|date_range))$`);
const constants = new RegExp(
  `^(?:builtins\\.(?:len|bool|id|hash|isinstance|hasattr|chr)|${arrays}\\.(?:zeros|ones|empty|eye|identity|full|zeros_like|ones_like|empty_like|full_like))$`,
);
const containers = new RegExp(
  `^(?:builtins\\.(?:list|tuple|set|sorted|reversed|dict|iter|next|zip|enumerate|frozenset)|collections\\.(?:deque|OrderedDict)|copy\\.(?:deep)?copy|${arrays}\\.(?:array|asarray|ascontiguousarray|as_tensor|tensor|from_numpy|DataFrame|DataFrame\\.from_dict|DataFrame\\.from_records|Series|atleast_1d|atleast_2d|squeeze|ravel|copy|flip|transpose|sort)|bokeh\\.models(?:\\.sources)?\\.ColumnDataSource|bokeh\\.plotting\\.ColumnDataSource)$`,
);
const linear = new RegExp(
  `^(?:builtins\\.(?:float|int|str|repr|format|round|abs|min|max|sum|map|filter)|${arrays}\\.(?:round|around|abs|sum|mean|clip|maximum|minimum|max|min|cumsum|concatenate|stack|vstack|hstack|column_stack|append|repeat|tile|reshape|where|negative|add|subtract|float32|float64|int32|int64|meshgrid|concat|cat|floor|ceil|fabs|diff|roll|broadcast_to|nan_to_num))$`,
);
const functions = new RegExp(
  `^(?:builtins\\.pow|${arrays}\\.(?:sin|cos|tan|exp|exp2|expm1|log|log2|log10|log1p|sqrt|square|power|pow|tanh|sinh|cosh|multiply|divide|true_divide|cumprod|prod|std|var|median|percentile|quantile|sort|convolve|fsum|degrees|radians|pi|outer|softmax|sigmoid|relu|hypot|sinc|gradient|interp|histogram))$`,
);

/** The kind of a function by its dotted name, with the name that `inference` gives it: `numpy.random.rand`. */
export function kindOfOutside(name: string): OutsideKind {
  if (random.test(name)) return selection.test(name) || distribution.test(name) ? 'selection' : 'random';
  if (grid.test(name)) return 'grid';
  if (constants.test(name)) return 'constant';
  if (containers.test(name)) return 'container';
  if (linear.test(name)) return 'linear';
  return functions.test(name) ? 'function' : 'measured';
}

/** A method of a random number generator: `rng.normal`. */
export function kindOfGenerated(method: string): 'random' | 'selection' | undefined {
  if (/^(?:seed|spawn|getstate|setstate|get_state|set_state|seed_instance|jumped|add_provider)$/.test(method))
    return undefined;
  return selection.test(`.${method}`) || distribution.test(`.${method}`) ? 'selection' : 'random';
}

export function isGenerator(name: string): boolean {
  return generators.test(name);
}

/** Arguments that say how many numbers there are, not which: those of a selection that do not count. */
export function isSize(name: string | undefined, position: number, callee: string): boolean {
  if (name !== undefined)
    return /^(?:size|shape|dtype|device|k|n|generator|replace|p|key|seed|random_state)$/.test(name);
  if (/\.(?:choices?|sample|shuffle|permutation|permuted)$/.test(callee)) return position > 0;
  if (/\.(?:poisson|exponential|chisquare|dirichlet)$/.test(callee)) return position > 0;
  return position > 1;
}

const linearMethods =
  /^(?:cumsum|sum|mean|min|max|round|abs|clip|clamp|reshape|view|flatten|ravel|squeeze|unsqueeze|repeat|astype|float|int|long|double|half|add|sub|item|to|cpu|cuda|detach|numpy|rolling|expanding|ewm|resample|interpolate|fillna|dropna|ffill|bfill|transpose|permute|t|contiguous|add_|sub_|expand|tile|describe|melt|pivot|stack|unstack|groupby|agg|sort_values|sort_index|reset_index|set_index|nlargest|nsmallest|diff|shift)$/;
const functionMethods =
  /^(?:exp|log|sin|cos|tanh|sqrt|pow|std|var|median|quantile|softmax|sigmoid|relu|mul|div|cumprod|prod|square|corr|cov|pct_change)$/;
const containerMethods = /^(?:copy|tolist|to_numpy|to_list|to_dict|to_frame|head|tail|sort|assign|rename|to_pandas)$/;

/** Their arguments say in what order and shape the numbers stand, and are none of them. */
const arranging = /^(?:reshape|view|transpose|permute|repeat|expand|tile|roll|broadcast_to|swapaxes|moveaxis)$/;

/** Whether a function or method, by the last part of its name, only lays its numbers out anew. */
export function isArranging(name: string): boolean {
  return arranging.test(name.slice(name.lastIndexOf('.') + 1));
}

/** What a method gives of the object it is called on. */
export function kindOfMethod(method: string): OutsideKind {
  if (containerMethods.test(method)) return 'container';
  if (linearMethods.test(method)) return 'linear';
  return functionMethods.test(method) ? 'function' : 'measured';
}
