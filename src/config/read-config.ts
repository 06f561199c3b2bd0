import { extname } from 'node:path';
import { parse as parseToml, TomlError } from 'smol-toml';
import { LineCounter, isNode, isPair, isMap, parseDocument, type Document } from 'yaml';
import { UsageError } from '../engine/errors.js';
import { fileReason } from '../util/file-reason.js';
import { readRegular } from '../util/regular-file.js';
import { ConfigError, type Position } from './config-error.js';
import { tomlPosition } from './toml-position.js';

/** The keys and indices that lead to a value. */
export type KeyPath = readonly (string | number)[];

/** A parsed config, not validated, which knows where each of its keys stands. */
export interface RawConfig {
  file: string;
  value: unknown;
  /** Position of the key at the path, or of the nearest one above it that stands in the file. */
  positionOf(path: KeyPath): Position | undefined;
  /** The flag that gave the value at the path, where it does not come from the file. */
  flagOf?(path: KeyPath): string | undefined;
}

/**
 * Reads a config file by its extension: YAML, JSON, or the table [tool.moe-check] of a TOML file. An empty file is an
 * empty config.
 * @throws UsageError when the file cannot be read, ConfigError when it cannot be parsed.
 */
export async function readConfig(file: string): Promise<RawConfig> {
  const text = await readText(file);
  const extension = extname(file);
  if (extension === '.toml') return readToml(file, text);
  // JSON is YAML as well, and the YAML parser is the one that tells where things are.
  if (['.yaml', '.yml', '.json'].includes(extension)) return readYaml(file, text);
  throw new UsageError(`${file} is no config: a config ends in .yaml, .yml, .json or is a pyproject.toml`);
}

async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readRegular(file));
  } catch (error) {
    const reason = error instanceof TypeError ? 'is not UTF-8 text' : `could not be read: ${fileReason(error)}`;
    throw new UsageError(`the config ${file} ${reason}`);
  }
}

function readYaml(file: string, text: string): RawConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const [problem] = document.errors;
  if (problem !== undefined) {
    // The parser's own words are advice to a programmer.
    const message = problem.code === 'MULTIPLE_DOCS' ? 'a second document begins here' : problem.message;
    throw new ConfigError(file, `the config does not parse: ${message}`, at(problem.pos[0]));
  }
  return {
    file,
    value: toPlain(file, document) ?? {},
    positionOf(path) {
      const offset = keyOffset(document, path);
      return offset === undefined ? undefined : at(offset);
    },
  };
}

function toPlain(file: string, document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // An alias without its anchor, or so many aliases that they would fill the memory.
    throw new ConfigError(file, `the config does not parse: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Offset of the key (or the list item) at the path; when it stands behind an alias, of the nearest one above. */
function keyOffset(document: Document, path: KeyPath): number | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = document.getIn(path.slice(0, depth - 1), true);
    const last = path[depth - 1];
    const pair = isMap(parent) ? parent.items.find((item) => isPair(item) && String(item.key) === last) : undefined;
    const node = pair === undefined ? document.getIn(path.slice(0, depth), true) : pair.key;
    if (isNode(node) && node.range) return node.range[0];
  }
  return isNode(document.contents) ? document.contents.range?.[0] : undefined;
}

function readToml(file: string, text: string): RawConfig {
  const parsed = parseTomlText(file, text);
  const table = memberOf(memberOf(parsed, 'tool'), 'moe-check');
  if (table === undefined) {
    throw new UsageError(`${file} has no table [tool.moe-check]`, 'Add the table, or name another file with --config.');
  }
  return { file, value: table, positionOf: (path) => tomlPosition(text, ['tool', 'moe-check', ...path]) };
}

function parseTomlText(file: string, text: string): unknown {
  try {
    return parseToml(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [summary = error.message] = error.message.split('\n');
    throw new ConfigError(file, `the config does not parse: ${summary}`, { line: error.line, column: error.column });
  }
}

function memberOf(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object'
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}
