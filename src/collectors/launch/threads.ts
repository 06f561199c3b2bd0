import type { Signatures } from '../../triage/signatures.js';
import { findChains } from '../../triage/traceback.js';
import { triage } from '../../triage/triage.js';
import type { DeadThread } from '../launch.js';
import { readExceptions, type FrameReader } from './exceptions.js';

/** The threads of which a log tells that an exception ended them, each failure once. */
export function deadThreads(log: readonly string[], read: FrameReader, signatures: Signatures): readonly DeadThread[] {
  const dead = new Map<string, DeadThread>();
  for (const { start, end } of findChains(log)) {
    const name = /^Exception in thread (.+?):?$/.exec(log[start - 1] ?? '')?.[1];
    if (name === undefined) continue;
    const printed = log.slice(start, end);
    const chain = readExceptions(printed, read);
    if (!chain.some((exception) => exception.stack.some((frame) => frame.own))) continue;
    const thread = /^Thread-\d+(?: \((.+)\))?$/.exec(name)?.slice(1, 2)[0] ?? name.replace(/-\d+$/, '');
    const recognized = triage(printed, signatures).find((failure) => failure.class !== 'benign');
    const key = `${thread} ${chain[0]?.type ?? ''} ${chain[0]?.message ?? ''}`;
    dead.set(key, { thread, chain, ...(recognized === undefined ? {} : { recognized }) });
  }
  return [...dead.values()];
}
