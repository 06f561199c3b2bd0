/** What stands in for a secret. */
const mask = '[redacted]';

/** Formats that are secrets whatever stands around them. Bare hex is none: commit hashes look like that too. */
const formats: readonly RegExp[] = [
  /\bhf_[A-Za-z0-9]{30,}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{36,}\b/g,
  /\bgithub_pat_\w{22,}\b/g,
  /\bsk-(?=[\w-]*\d)[\w-]{20,}/g,
  /\bxox[abprs]-[\w-]{10,}/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g,
];

/** Secrets that their surroundings give away; the first group is kept. */
const contexts: readonly RegExp[] = [
  // user:password@ or a long token@, but not git@
  /\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/?#@:]*:[^\s/?#]+|[^\s/?#@:]{16,})@/gi,
  /([?&](?:[\w-]*token|api_?key|access_?key|secret|password|[\w-]*signature|[\w-]*credential)=)[^&\s#"'<>]+/gi,
  /(\bAuthorization["']?\s*[:=]\s*["']?\w+\s+)[^\s"',;]+/gi,
  /(\bBearer\s+)(?=[\w.~+/=-]*\d)[\w.~+/=-]{16,}/gi,
  // NAME_API_KEY=value, when the value looks random: PAD_TOKEN = padding_token_name is code
  /(\b[A-Z0-9_]*(?:API_KEY|ACCESS_KEY|SECRET_KEY|TOKEN|SECRET|PASSWORD)["']?\s*[=:]\s*["']?)(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=-]{16,}(?![\w.([])/g,
];

const secretWord = /^(?:TOKENS?|KEYS?|APIKEY|SECRETS?|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?)$/;
const harmlessEnd = /^(?:PATH|FILE|DIR|FOLDER|NAME|ID|URL|HOST|USER|TYPE|TIMEOUT|TTL|SIZE|LENGTH|LIMIT|COUNT|MAX)$/;

/** Shorter values would mask ordinary words all over a report. */
const shortestSecret = 8;

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A function that masks secrets in a text: the values of variables whose name says so (`HF_TOKEN`, `WANDB_API_KEY`),
 * credentials in addresses and headers, and tokens of well-known formats.
 */
export function redactor(environment: Environment): (text: string) => string {
  const values = Object.entries(environment)
    .filter(([name, value]) => isSecretName(name) && value !== undefined && value.trim().length >= shortestSecret)
    .flatMap(([, value = '']) => [value.trim(), encodeURIComponent(value.trim())])
    // Longest first, so that a secret which contains another is masked whole.
    .sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const value of values) clean = clean.replaceAll(value, mask);
    for (const format of formats) clean = clean.replace(format, mask);
    for (const context of contexts)
      clean = clean.replace(context, context === contexts[0] ? `$1${mask}@` : `$1${mask}`);
    return clean;
  };
}

/** A copy of plain data with the secrets in all of its strings masked; names of keys stay. */
export function redactDeep<T>(data: T, redact: (text: string) => string): T {
  return JSON.parse(
    JSON.stringify(data, (_key, value: unknown) => (typeof value === 'string' ? redact(value) : value)),
  );
}

function isSecretName(name: string): boolean {
  const words = name.toUpperCase().split(/[^A-Z0-9]+/);
  return words.some((word) => secretWord.test(word)) && !harmlessEnd.test(words.at(-1) ?? '');
}
