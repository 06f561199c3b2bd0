import { defineCollector } from '../engine/define.js';
import { CannotLook } from '../engine/errors.js';
import type { Fact } from '../engine/types.js';
import { interpreterCandidates, type Candidate } from '../python/find-interpreter.js';
import { runProbe } from '../python/probe.js';

/** The target's own Python interpreter, started once to see that it works. */
export interface Interpreter {
  /** Absolute path of what is executed (the venv's own python, symlinks not resolved). */
  executable: string;
  /** `3.11.7` */
  version: string;
  implementation: string;
  platform: string;
  /** How it was chosen: `--python`, `.venv in the dashboard`, `$VIRTUAL_ENV` … */
  how: string;
  /** Likelier interpreters that do not work, with what happened when they were tried; absent when there are none. */
  passedOver?: readonly { executable: string; how: string; reason: string }[];
  /** Installed distributions that decide how the dashboard is launched, by normalized name. */
  distributions: Readonly<Record<string, string>>;
}

declare module '../engine/types.js' {
  interface Artifacts {
    interpreter: Interpreter;
  }
}

type Description = Omit<Interpreter, 'how' | 'passedOver'>;

const lookedUp = ['streamlit', 'websockets', 'tornado', 'torch', 'huggingface-hub', 'transformers', 'gradio', 'dash'];

/** Seconds one interpreter may take to say what it is. */
const answerS = 20;

export const interpreterCollector = defineCollector({
  artifact: 'interpreter',
  tier: 'import',
  title: 'finding the interpreter',
  deadlineS: () => 5 * answerS,
  async collect({ settings, signal }) {
    const { root, python } = settings;
    if (python !== undefined) {
      const named = { executable: python, how: 'named with --python or in the config', onPath: false };
      return accept(await describe(named, root, signal), named, []);
    }
    const passedOver: { executable: string; how: string; reason: string }[] = [];
    const around = { root, environment: process.env, platform: process.platform, signal };
    for await (const candidate of interpreterCandidates(around)) {
      const { executable, how } = candidate;
      try {
        return accept(await describe(candidate, root, signal), candidate, passedOver);
      } catch (error) {
        if (!(error instanceof CannotLook) || error instanceof TooOld) throw error;
        passedOver.push({ executable, how, reason: error.message });
      }
    }
    const tried = passedOver.map(({ how, reason }) => `${how}: ${reason}`).join('; ');
    throw new CannotLook(
      `no working Python interpreter found${tried === '' ? '' : ` (${tried})`}`,
      'Create one beside the dashboard (python3 -m venv .venv), or name one with --python.',
    );
  },
  facts: ({ executable, version, how, passedOver = [] }) => [
    { label: 'interpreter', value: `Python ${version}, ${executable}`, how },
    ...passedOver.map((one): Fact => ({
      label: 'passed over',
      value: one.executable,
      how: `${one.how}: ${one.reason}`,
    })),
  ],
});

class TooOld extends CannotLook {}

/** @throws CannotLook when it does not start, crashes, hangs, or answers with nonsense. */
async function describe(candidate: Candidate, root: string, signal: AbortSignal): Promise<Description> {
  const patience = AbortSignal.timeout(answerS * 1000);
  try {
    const request = { distributions: lookedUp };
    const options = { cwd: root, signal: AbortSignal.any([signal, patience]) };
    const told = await runProbe(candidate.executable, 'describe_interpreter', request, options);
    if (isDescription(told)) return told;
    throw new CannotLook(
      `${candidate.executable} did not say what it is`,
      'Try the interpreter by hand, or name another with --python.',
    );
  } catch (error) {
    if (patience.aborted && !signal.aborted) {
      throw new CannotLook(
        `${candidate.executable} did not say what it is within ${answerS} s`,
        'Try the interpreter by hand, or name another with --python.',
        { cause: error },
      );
    }
    throw error;
  }
}

/** Any program may be named as the interpreter; this one answered as the probe does. */
function isDescription(told: unknown): told is Description {
  return typeof told === 'object' && told !== null && 'version' in told && typeof told.version === 'string';
}

function accept(
  told: Description,
  { executable, how, onPath }: Candidate,
  passedOver: NonNullable<Interpreter['passedOver']>,
): Interpreter {
  const [major = 0, minor = 0] = told.version.split('.').map(Number);
  if (major < 3 || (major === 3 && minor < 8)) {
    throw new TooOld(
      `${executable} (${how}) is Python ${told.version}; Python 3.8 or later is needed`,
      'Name a newer interpreter with --python.',
    );
  }
  // A shim (pyenv, asdf) chooses anew at every start and costs time: what it chose here is what is meant.
  const chosen = onPath && told.executable !== '' ? told.executable : executable;
  return { ...told, executable: chosen, how, ...(passedOver.length === 0 ? {} : { passedOver }) };
}
