import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import type { Project } from '../collectors/project.js';
import { packageFile } from '../util/package-root.js';
import type { PlotSources } from '../plots/types.js';

const schemaFile = packageFile('schemas/config.schema.json');

interface KeySchema {
  description: string;
  type?: string;
  default?: unknown;
  examples?: readonly unknown[];
  properties?: Readonly<Record<string, KeySchema>>;
}

/**
 * A first `moe-check.config.yaml`: every key with its description, what was found about the dashboard filled in, and
 * everything else commented out with its default or an example.
 */
export function draftConfig(project: Project, plots: PlotSources): string {
  const { properties = {} }: KeySchema = JSON.parse(readFileSync(schemaFile, 'utf8'));
  const found = { ...whatWasFound(project), ...plotsThatWereFound(plots) };
  const blocks = Object.entries(properties)
    .filter(([key]) => key !== '$schema')
    .map(([key, schema]) => blockOf(key, schema, found));
  return `${[
    '# What `moe-check preflight` should know about this dashboard. Every key is optional:',
    '# a line that is commented out shows the default, or an example. Paths are relative to this file.',
    '',
    ...blocks.flatMap((block) => [...block, '']),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

interface Found {
  /** What is shown for an example, or filled in. */
  value?: unknown;
  filledIn: boolean;
  note: string;
}

/** By dotted key. */
function whatWasFound({ entry, whyNoEntry = '', port }: Project): Readonly<Record<string, Found>> {
  return {
    entry:
      entry === undefined
        ? { filledIn: false, note: `Not found: ${whyNoEntry}` }
        : { value: entry.path, filledIn: true, note: `Found: ${entry.how}` },
    'launch.port': { value: port.number, filledIn: false, note: `Found: ${port.how}` },
  };
}

function plotsThatWereFound({ list, whyNoList = '' }: PlotSources): Readonly<Record<string, Found>> {
  if (list === undefined) return { 'plots.list': { filledIn: false, note: `Not found: ${whyNoList}` } };
  const { config, factors } = list;
  const values = Object.fromEntries(factors.map((factor) => [factor.name, factor.values]));
  const sources = factors.map(({ name, how }) => `${name} (${how})`).join(', ');
  return {
    'plots.list': { value: list.function, filledIn: false, note: `Found: ${list.how}` },
    ...(config && { 'plots.config': { value: config, filledIn: false, note: 'Found: what that function takes' } }),
    ...(sources && { 'plots.factors': { value: values, filledIn: false, note: `Found: ${sources}` } }),
  };
}

function blockOf(key: string, schema: KeySchema, found: Readonly<Record<string, Found>>): readonly string[] {
  if (schema.properties === undefined) return leafOf(key, key, schema, found);
  const members = Object.entries(schema.properties).flatMap(([name, member]) =>
    leafOf(name, `${key}.${name}`, member, found).map((line) => `  ${line}`),
  );
  // A map of which every member is commented out is commented out as well, lest it be null.
  const empty = members.every((line) => line.trim().startsWith('#'));
  return [...comment(schema.description), `${empty ? '# ' : ''}${key}:`, ...members];
}

function leafOf(
  key: string,
  path: string,
  schema: KeySchema,
  found: Readonly<Record<string, Found>>,
): readonly string[] {
  const { value, filledIn, note } = found[path] ?? {};
  const shown = value ?? schema.examples?.[0] ?? schema.default;
  const lines = stringify({ [key]: shown }, { lineWidth: 0 })
    .trimEnd()
    .split('\n');
  return [
    ...comment(schema.description),
    ...(note === undefined ? [] : comment(note)),
    ...(filledIn ? lines : lines.map((line) => `# ${line}`)),
  ];
}

const commentWidth = 96;

function comment(text: string): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(/\s+/)) {
    if (current !== '' && current.length + 1 + word.length > commentWidth) {
      lines.push(current);
      current = '';
    }
    current += current === '' ? word : ` ${word}`;
  }
  return [...lines, current].map((line) => `# ${line}`);
}
