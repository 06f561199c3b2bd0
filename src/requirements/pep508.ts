import { normalizeName } from './names.js';
import type { Requirement } from './types.js';
import { isSpecifier } from './versions.js';

/** What a requirement says, apart from where it stands. */
export type RequirementText = Pick<Requirement, 'name' | 'extras' | 'specifier' | 'url' | 'marker'>;

const headPattern = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*/;

/** Reads one PEP 508 requirement: `uvicorn[standard]>=0.23; python_version >= "3.9"`. Undefined when it is none. */
export function parseRequirement(text: string): RequirementText | undefined {
  const head = headPattern.exec(text);
  if (head?.[1] === undefined) return undefined;
  const rest = text.slice(head[0].length).trim();
  const details = rest.startsWith('@') ? urlAndMarker(rest.slice(1).trim()) : specifierAndMarker(rest);
  if (details === undefined) return undefined;
  return { name: normalizeName(head[1]), extras: extrasOf(head[2]), ...details };
}

/** `standard, Test` → `["standard", "test"]` */
export function extrasOf(list: string | undefined): readonly string[] {
  return (list ?? '')
    .split(',')
    .map((extra) => normalizeName(extra.trim()))
    .filter((extra) => extra !== '');
}

/** The marker of a URL is set off by a blank, because a semicolon may be part of the URL. */
function urlAndMarker(text: string): Pick<RequirementText, 'specifier' | 'url' | 'marker'> | undefined {
  const match = /^(\S+?)(?:\s*;\s+(.+)|\s+;\s*(.+))?$/.exec(text);
  if (match?.[1] === undefined) return undefined;
  const marker = match[2] ?? match[3];
  return { specifier: '', url: match[1], ...(marker === undefined ? {} : { marker: marker.trim() }) };
}

function specifierAndMarker(text: string): Pick<RequirementText, 'specifier' | 'marker'> | undefined {
  const [head = '', ...tail] = text.split(';');
  const marker = tail.join(';').trim();
  const specifier = head
    .trim()
    .replace(/^\((.*)\)$/, '$1')
    .trim()
    .replace(/\s*,$/, '');
  if (!isSpecifier(specifier) || (tail.length > 0 && marker === '')) return undefined;
  return { specifier, ...(marker === '' ? {} : { marker }) };
}
