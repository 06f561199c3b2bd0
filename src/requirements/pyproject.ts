import { parse } from 'smol-toml';
import { poetrySpecifier } from './poetry.js';
import { normalizeName } from './names.js';
import { readListed, type ListedRequirement } from './requirement-lists.js';
import type { ReadRequirements, Requirement } from './types.js';

type Table = Readonly<Record<string, unknown>>;

/** What a pyproject.toml asks for, and the files it takes its dependencies from. */
export interface ReadPyproject extends ReadRequirements {
  /** The project's own distribution, normalized. */
  ownName?: string;
  /** `[tool.setuptools.dynamic] dependencies = { file = [...] }`, relative to the project. */
  dependencyFiles: readonly string[];
}

/**
 * Reads PEP 621 dependencies and extras, PEP 735 groups, Poetry's tables and uv's dev-dependencies.
 * @throws the parser's error when it is not TOML
 */
export function readPyproject(file: string, text: string): ReadPyproject {
  const content: Table = parse(text);
  const at = (table: string, needle: RegExp) => lineIn(text, table, needle);
  const project = tableOf(content['project']);
  const tool = tableOf(content['tool']);
  const poetry = tableOf(tool['poetry']);

  const listed: ListedRequirement[] = [];
  const list = (group: string, table: string, texts: unknown) => {
    for (const entry of stringsOf(texts)) listed.push({ text: entry, group, file, line: at(table, quoted(entry)) });
  };
  list('main', 'project', project['dependencies']);
  for (const [extra, texts] of Object.entries(tableOf(project['optional-dependencies']))) {
    list(extra, 'project.optional-dependencies', texts);
  }
  for (const [group, texts] of Object.entries(tableOf(content['dependency-groups']))) {
    list(group, 'dependency-groups', texts);
  }
  list('dev', 'tool.uv', tableOf(tool['uv'])['dev-dependencies']);

  const { requirements, unclear } = readListed(listed);
  const poetrys = poetryTables(poetry).flatMap(({ table, group, entries }) =>
    Object.entries(entries).flatMap(([name, value]) =>
      poetryRequirements(name, value, group).map((found) =>
        Object.assign(found, { file, line: at(table, keyOf(name)) }),
      ),
    ),
  );
  const python = [
    ...(typeof project['requires-python'] === 'string'
      ? [{ specifier: project['requires-python'], file, line: at('project', keyOf('requires-python')) }]
      : []),
    ...poetrys
      .filter(({ name, specifier }) => name === 'python' && specifier !== '')
      .map(({ specifier, line }) => ({ specifier, file, line })),
  ];
  const ownName = project['name'] ?? poetry['name'];
  const dynamic = tableOf(tableOf(tableOf(tool['setuptools'])['dynamic'])['dependencies']);
  return {
    requirements: [...requirements, ...poetrys.filter(({ name }) => name !== 'python')],
    python,
    unclear,
    dependencyFiles: typeof dynamic['file'] === 'string' ? [dynamic['file']] : stringsOf(dynamic['file']),
    ...(typeof ownName === 'string' ? { ownName: normalizeName(ownName) } : {}),
  };
}

function poetryTables(poetry: Table) {
  const groups = Object.entries(tableOf(poetry['group'])).map(([group, content]) => ({
    table: `tool.poetry.group.${group}.dependencies`,
    group: normalizeName(group),
    entries: tableOf(tableOf(content)['dependencies']),
  }));
  return [
    { table: 'tool.poetry.dependencies', group: 'main', entries: tableOf(poetry['dependencies']) },
    { table: 'tool.poetry.dev-dependencies', group: 'dev', entries: tableOf(poetry['dev-dependencies']) },
    ...groups,
  ];
}

type PoetryRequirement = Omit<Requirement, 'file' | 'line'>;

/** `name = "^1.2"`, `name = { version = …, extras = […], markers = …, optional = true }`, or a list of such tables. */
function poetryRequirements(name: string, value: unknown, group: string): readonly PoetryRequirement[] {
  if (Array.isArray(value)) return value.flatMap((each) => poetryRequirements(name, each, group));
  const table = typeof value === 'string' ? { version: value } : tableOf(value);
  const constraint = typeof table['version'] === 'string' ? table['version'] : '*';
  // Alternatives (`^1.0 || ^2.0`) are no set of specifiers; that it has to be there is certain all the same.
  const specifier = poetrySpecifier(constraint) ?? '';
  const url = ['git', 'path', 'url'].map((key) => table[key]).find((each) => typeof each === 'string');
  const marker = poetryMarker(table);
  if (marker === undefined) return [];
  return [
    {
      name: normalizeName(name),
      text: `${name} = ${JSON.stringify(constraint)}`,
      extras: stringsOf(table['extras']).map(normalizeName),
      specifier: url === undefined ? specifier : '',
      kind: 'dependency',
      group: table['optional'] === true && group === 'main' ? 'optional' : group,
      ...(typeof url === 'string' ? { url } : {}),
      ...(marker === '' ? {} : { marker }),
    },
  ];
}

/** Undefined where it cannot be told for which Python it is. */
function poetryMarker(table: Table): string | undefined {
  const { markers, python, platform } = table;
  const ofPython = typeof python === 'string' ? poetrySpecifier(python) : '';
  if (ofPython === undefined) return undefined;
  const clauses = ofPython.split(',').flatMap((clause) => {
    const match = /^\s*([=<>!~]+)\s*(\S+)$/.exec(clause);
    return match === null ? [] : [`python_full_version ${match[1]} "${match[2]}"`];
  });
  return [
    ...(typeof markers === 'string' ? [`(${markers})`] : []),
    ...clauses,
    ...(typeof platform === 'string' ? [`sys_platform == "${platform}"`] : []),
  ].join(' and ');
}

function tableOf(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function quoted(text: string): RegExp {
  return new RegExp(`["']${escaped(text)}["']|${escaped(JSON.stringify(text))}`);
}

function keyOf(name: string): RegExp {
  return new RegExp(`^\\s*["']?${escaped(name)}["']?\\s*[.=]`);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** 1-based line of the first match below a table's header; the header's own where the text is written some other way. */
function lineIn(text: string, table: string, needle: RegExp): number {
  const lines = text.split('\n');
  const isHeader = (line: string) => /^\s*\[/.test(line) && line.replace(/[\s"'[\]]|#.*$/g, '') === table;
  const header = lines.findIndex(isHeader);
  const start = header === -1 ? 0 : header;
  const found = lines.findIndex((line, index) => index >= start && needle.test(line));
  return (found === -1 ? start : found) + 1;
}
