import type { Imports, PythonException } from '../collectors/imports.js';
import type { Finding } from '../engine/types.js';
import type { BrokenImport } from '../source/modules/resolve-imports.js';
import type { Launch } from '../collectors/launch.js';
import { diagnose, missingOutside, missingOwnModule, missingSymbol, ownException, surroundingsOf } from './diagnose.js';
import type { NotInstalled } from './not-installed.js';
import type { Places } from './off-the-path.js';
import { inTheLightOf } from './proven-by-launch.js';

/** What is known about the imports of a dashboard. */
export interface KnownImports {
  /** What the target's interpreter says; absent in the static tier. */
  imports?: Imports | undefined;
  /** The interpreter, for the commands of a fix. */
  executable?: string | undefined;
  /** What the text alone shows to be broken. */
  broken: readonly BrokenImport[];
  /** What is imported and not installed, as far as the folders of packages settle it. */
  absent?: readonly NotInstalled[];
  project: Places;
  /** A real start of the dashboard, which knows best about what a module's own code raises. */
  launch?: Launch | undefined;
}

/** One finding, and one module or import statement that it stops. */
interface Stop {
  finding: Finding;
  /** A module's path or name, or `file:line` of an import statement. */
  who: string;
  file: string;
  /** The entry script reaches it, so the dashboard does not come up. */
  reachable: boolean;
  /** What the module's own code raised, where the running dashboard may fare better. */
  raised?: PythonException;
}

/** All that one finding stops. */
interface Cause {
  finding: Finding;
  stops: readonly Stop[];
  /** Something that the dashboard needs is among them. */
  reached: boolean;
}

/** The root causes of all failed imports: a module that only passes on another's failure is no finding of its own. */
export function judgeImports(known: KnownImports): Finding[] {
  return causesOf(known).map(({ finding, stops, reached }) => {
    if (!reached) return { ...finding, severity: 'warning' };
    const raised = stops.flatMap((stop) => stop.raised ?? []);
    return raised.length < stops.length ? finding : inTheLightOf(known.launch, finding, raised);
  });
}

/** The error that a file fails by when it is imported, of a kind that is the same in the running dashboard. */
export function whatStops(file: string, known: Omit<KnownImports, 'broken' | 'launch'>): Finding | undefined {
  return causesOf({ ...known, broken: [] }).find(
    ({ stops, reached }) => reached && stops.some(({ who, raised }) => who === file && raised === undefined),
  )?.finding;
}

function causesOf({ imports, executable, broken, absent = [], project }: KnownImports): Cause[] {
  const tried =
    imports === undefined ? [] : [...failedModules(imports, project, executable), ...missingSymbols(imports)];
  const aside = new Set(
    project.files.flatMap(({ path, role }) => (role === 'script' || role === 'test' ? [path] : [])),
  );
  // Without an entry script nobody knows what is reached: then everything counts but what is run by itself.
  const counts = (stop: Stop): boolean => stop.reachable || (project.entry === undefined && !aside.has(stop.file));
  const stops = new Map<string, Stop[]>();
  for (const stop of [...tried, ...untried(broken, imports), ...notThere(absent, executable)]) {
    const key = `${stop.finding.code} ${stop.finding.subject}`;
    stops.set(key, [...(stops.get(key) ?? []), stop]);
  }
  return [...stops.values()].flatMap((all) => summarize(all, counts));
}

/** What the text shows and the interpreter says nothing about: it wins where it has executed the statement or looked up the name. */
function untried(broken: readonly BrokenImport[], imports: Imports | undefined): Stop[] {
  const imported = new Set(
    imports?.modules.flatMap(({ path, status }) => (status === 'ok' && path !== undefined ? [path] : [])),
  );
  const lookedUp = new Set(
    imports?.symbols.flatMap(({ symbol, status }) => (status === 'module-failed' ? [] : [symbol])),
  );
  return broken.flatMap(({ file, line, module, name, meant, atModuleLevel, reachable }): Stop[] => {
    if ((atModuleLevel && imported.has(file)) || lookedUp.has(`${module}:${name}`)) return [];
    const finding =
      name === undefined
        ? missingOwnModule(module, meant)
        : missingSymbol(`${module}:${name}`, meant === undefined ? [] : [meant]);
    const statement = `${file}:${line} imports ${name === undefined ? module : `${name} from ${module}`}`;
    const evidence = [atModuleLevel ? statement : `${statement}, once a function is called`];
    return [{ finding: { ...finding, location: { file, line }, evidence }, who: `${file}:${line}`, file, reachable }];
  });
}

function notThere(absent: readonly NotInstalled[], executable = 'python'): Stop[] {
  return absent.map(({ file, line, module, imported }): Stop => {
    const evidence = [`${file}:${line} imports ${imported}`];
    const finding = { ...missingOutside(module, executable), location: { file, line }, evidence };
    return { finding, who: `${file}:${line}`, file, reachable: true };
  });
}

function failedModules(imports: Imports, project: Places, executable: string | undefined): Stop[] {
  const around = surroundingsOf(imports, project, executable);
  return imports.modules.flatMap((module) => {
    const finding = diagnose(module, around);
    if (finding === undefined) return [];
    const file = module.path ?? '';
    const raised = ownException(module);
    const stop = { finding, who: module.path ?? module.module, file, reachable: module.reachable };
    return [raised === undefined ? stop : { ...stop, raised }];
  });
}

function missingSymbols(imports: Imports): Stop[] {
  return imports.symbols.flatMap(({ symbol, status, askedBy, nearest }): Stop[] => {
    if (status !== 'missing') return [];
    const finding = missingSymbol(symbol, nearest);
    if (askedBy.length === 0) return [{ finding, who: 'the config', file: '', reachable: true }];
    return askedBy.map(({ file, line, reachable }) => ({
      finding: { ...finding, location: { file, line } },
      who: `${file}:${line}`,
      file,
      reachable,
    }));
  });
}

function summarize(all: readonly Stop[], counts: (stop: Stop) => boolean): Cause[] {
  // The one that fails by itself tells it best; the others only pass it on.
  const atFault = all.filter((stop) => stop.finding.location?.file === stop.file);
  const first = atFault.find((stop) => stop.reachable) ?? atFault[0] ?? all[0];
  if (first === undefined) return [];
  const { finding } = first;
  const reached = thoseStopped(all, finding).some(counts);
  const others = alsoStopped(all, first);
  const listed = others.slice(0, 8).join(', ') + (others.length > 8 ? ` and ${others.length - 8} more` : '');
  const evidence = [...(finding.evidence ?? []), ...(others.length === 0 ? [] : [`also stops: ${listed}`])];
  return [{ finding: { ...finding, evidence }, stops: all, reached }];
}

/**
 * Those that really cannot be had. A circle of imports with one way in that works stops only who comes in another way,
 * and its own modules are normally reached by the way that works.
 */
function thoseStopped(all: readonly Stop[], { code, subject }: Finding): readonly Stop[] {
  if (code !== 'circular-import') return all;
  const circle = subject.split(' <-> ');
  const noWayIn = circle.every((file) => all.some((stop) => stop.file === file));
  return noWayIn ? all : all.filter((stop) => !circle.includes(stop.file));
}

/** Everybody else, an import statement rather than its file where both are known. */
function alsoStopped(all: readonly Stop[], first: Stop): string[] {
  const { location } = first.finding;
  const statements = new Set(all.flatMap((stop) => (stop.who === stop.file ? [] : [stop.file])));
  const others = all.filter(
    (stop) =>
      stop !== first &&
      stop.who !== `${location?.file}:${location?.line}` &&
      (stop.who !== stop.file || !statements.has(stop.file)),
  );
  return [...new Set(others.map((stop) => stop.who))];
}
