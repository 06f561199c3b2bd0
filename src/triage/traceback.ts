export interface TracebackFrame {
  file: string;
  /** 1-based. */
  line: number;
  function: string;
  /** The source line, where Python could read it. */
  text?: string;
}

export interface ParsedException {
  /** As printed: `KeyError`, `streamlit.errors.StreamlitAPIException`. */
  type: string;
  message: string;
  /** Innermost last. */
  frames: readonly TracebackFrame[];
}

/** Where a chain of tracebacks stands in a log; half-open, 0-based line numbers. */
export interface Chain {
  start: number;
  /** First line of the last traceback: the diagnosis. What stands before it is context. */
  diagnosis: number;
  /** The line that names the last exception. */
  raised: number;
  /** Where its message may end: a log does not say, so this is the next blank line or record. */
  end: number;
}

const header = /Traceback \(most recent call last\)/;
const connector = /^\s*(?:During handling of the above exception|The above exception was the direct cause)/;
const frameLine = /^\s*File "(.+)", line (\d+)(?:, in (.+))?$/;
/** Repeats, carets and the bars of exception groups say nothing about where. */
const decoration = /^\s*(?:\[Previous line repeated|[\^~][\^~\s]*$|\|?\s*$)/;
const exceptionLine = /^((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*)(?:: ?(.*))?$/;
const logRecord = /^(?:\d{4}-\d\d-\d\d|\[\d{4}-|(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\b)/;

/** The chains of tracebacks in cleaned log lines. Python prints the oldest exception of a chain first. */
export function findChains(lines: readonly string[]): readonly Chain[] {
  const chains: Chain[] = [];
  for (const [index, line] of lines.entries()) {
    if (!header.test(line)) continue;
    const last = chains.at(-1);
    const linked = last !== undefined && lines.slice(last.diagnosis, index).some((each) => connector.test(each));
    const found = { diagnosis: index, ...endOfTraceback(lines, index) };
    if (last !== undefined && linked) Object.assign(last, found);
    else chains.push({ start: index, ...found });
  }
  return chains;
}

/**
 * Reads one chain, the diagnosis (the exception raised last) first.
 * The `Traceback` lines may be missing, as in what Streamlit shows on a page.
 */
export function parseChain(lines: readonly string[]): readonly ParsedException[] {
  const parts: string[][] = [[]];
  for (const line of lines) {
    if (connector.test(line)) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts.map(parsePart).toReversed();
}

/**
 * A traceback as Python would have printed it, from the rows that Streamlit puts on a page (frames, and the exceptions
 * of the chain but for the last one) and the last exception itself.
 */
export function asPrinted(rows: readonly string[], type: string, message: string): readonly string[] {
  const first = 'Traceback (most recent call last):';
  const body = rows
    .flatMap((row) => row.split('\n'))
    .flatMap((line) => (connector.test(line) ? ['', line, '', first] : [frameLine.test(line) ? `  ${line}` : line]));
  return [first, ...body, ...`${type || 'Exception'}: ${message}`.split('\n')];
}

/** One thread of the dump that Python's faulthandler prints, innermost frame last. */
export function parseThreadDump(lines: readonly string[]): readonly (readonly TracebackFrame[])[] {
  const threads: TracebackFrame[][] = [];
  for (const line of lines) {
    if (/^(?:Current thread|Thread) 0x[0-9a-f]+/.test(line)) threads.push([]);
    const frame = /^ {2}File "(.+)", line (\d+) in (.+)$/.exec(line);
    if (frame === null) continue;
    threads.at(-1)?.unshift({ file: frame[1] ?? '', line: Number(frame[2]), function: frame[3] ?? '' });
  }
  return threads;
}

function parsePart(lines: readonly string[]): ParsedException {
  const frames: TracebackFrame[] = [];
  let raised: { type: string; message: string[] } | undefined;
  for (const line of lines) {
    const frame = frameLine.exec(line);
    if (frame !== null && raised === undefined) {
      frames.push({ file: frame[1] ?? '', line: Number(frame[2]), function: frame[3] ?? '<module>' });
      continue;
    }
    const exception = exceptionLine.exec(line);
    if (raised !== undefined) raised.message.push(line);
    else if (exception !== null && !header.test(line)) {
      raised = { type: exception[1] ?? '', message: exception[2] === undefined ? [] : [exception[2]] };
    } else if (!decoration.test(line) && /^\s/.test(line)) {
      const last = frames.pop();
      if (last !== undefined) frames.push({ text: line.trim(), ...last });
    }
  }
  return { type: raised?.type ?? '', message: raised?.message.join('\n').trim() ?? '', frames };
}

/** A traceback ends with its exception line and the lines of its message. */
function endOfTraceback(lines: readonly string[], start: number): Pick<Chain, 'raised' | 'end'> {
  const after = (from: number, test: (line: string) => boolean) => {
    const found = lines.findIndex((line, index) => index >= from && test(line));
    return found === -1 ? lines.length : found;
  };
  const raised = after(start + 1, (line) => /^\S/.test(line));
  return { raised, end: after(raised + 1, (line) => line === '' || logRecord.test(line) || header.test(line)) };
}
