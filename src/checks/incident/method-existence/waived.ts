/** What authors write behind a line whose attributes they answer for: for all that a type checker tells, or for these. */
const waivers = [
  /#\s*(?:type|pyright|pyrefly|ty):\s*ignore\s*(?:$|#)/,
  /ignore\[[^\]]*(?:attr-defined|union-attr|reportAttributeAccessIssue|reportOptionalMemberAccess|missing-attribute|unresolved-attribute|possibly-unbound-attribute)/,
  /pylint:\s*disable=.*(?:no-member|E1101)/,
  /pytype:\s*disable=.*attribute-error/,
];

export function isWaived(line: string): boolean {
  return waivers.some((waiver) => waiver.test(line));
}
