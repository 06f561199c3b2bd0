import { normalizeName } from './names.js';
import { parseRequirement } from './pep508.js';
import type { ReadRequirements, Requirement, UnclearLine } from './types.js';

/** A PEP 508 text where it stands, and the group it is in. */
export interface ListedRequirement {
  text: string;
  group: string;
  file: string;
  line: number;
}

/** Reads PEP 508 texts; what cannot be read goes to the unclear ones. */
export function readListed(listed: readonly ListedRequirement[]): Pick<ReadRequirements, 'requirements' | 'unclear'> {
  const requirements: Requirement[] = [];
  const unclear: UnclearLine[] = [];
  for (const { text, group, file, line } of listed) {
    const parsed = parseRequirement(text);
    if (parsed === undefined) unclear.push({ file, line, text, reason: 'not a PEP 508 requirement' });
    else requirements.push({ ...parsed, text, kind: 'dependency', group: groupName(group), file, line });
  }
  return { requirements, unclear };
}

function groupName(group: string): string {
  return group === 'main' ? group : normalizeName(group);
}
