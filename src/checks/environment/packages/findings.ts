import type { Distributions } from '../../../collectors/distributions.js';
import type { Finding } from '../../../engine/types.js';
import type { BrokenDependency, Installed } from '../../../requirements/installed.js';
import type { PythonRequirement, Requirement } from '../../../requirements/types.js';
import { isWithin } from '../../../requirements/versions.js';

/** What is wrong with one requirement of the repository, if anything is. */
export function ofRequirement(
  wanted: Requirement,
  installed: Installed,
  { python }: Distributions,
): readonly Finding[] {
  const { name, specifier, text, file, line, kind } = wanted;
  const about = { subject: name, location: { file, line }, evidence: [`${file}:${line}: ${text}`] };
  const version = installed.outside(name, specifier);
  if (version !== undefined) {
    const message = `${file} asks for ${name}${specifier}, but ${version} is installed`;
    return [{ code: 'out-of-range', ...about, message, fix: install(`${name}${specifier}`, installed, python) }];
  }
  if (kind !== 'dependency' || installed.named(name).length > 0 || installed.isProvided(name)) return [];
  const message = `${file} asks for ${name}, which is not installed`;
  return [{ code: 'missing', ...about, message, fix: install(text, installed, python) }];
}

/** What is wrong with a requirement of an installed package. */
export function ofDependency(broken: BrokenDependency, installed: Installed, { python }: Distributions): Finding {
  const { of, requirement, text } = broken;
  const subject = `${of.name} -> ${requirement.name}`;
  const wanted = `${requirement.name}${requirement.specifier}`;
  const evidence = [`${of.name} ${of.version} requires: ${text}`];
  if (broken.installed === undefined) {
    const message = `${of.name} ${of.version} needs ${requirement.name}, which is not installed`;
    return { code: 'missing', subject, message, evidence, fix: install(wanted, installed, python) };
  }
  const message = `${of.name} ${of.version} requires ${wanted}, but ${broken.installed} is installed`;
  // Both at once: pip then looks for versions that go together, instead of breaking the other one.
  return { code: 'conflict', subject, message, evidence, fix: install(of.name, installed, python, wanted) };
}

/** One finding a lock file: whoever installed from it installed all of it. */
export function ofLock(file: string, locked: readonly Requirement[], installed: Installed): readonly Finding[] {
  const names = [...new Set(locked.map(({ name }) => name))];
  const differing = names.flatMap((name) => {
    const versions = locked.filter((each) => each.name === name).map(({ specifier }) => specifier);
    const outside = versions.map((version) => installed.outside(name, version));
    const found = outside.includes(undefined) ? undefined : outside[0];
    return found === undefined
      ? []
      : [`${name}: locked ${versions.join(' or ').replaceAll('==', '')}, installed ${found}`];
  });
  if (differing.length === 0) return [];
  const message = `${differing.length} installed packages have another version than ${file} settled on`;
  const fix = file === 'uv.lock' ? 'uv sync' : 'poetry sync';
  return [
    { code: 'out-of-range', subject: file, severity: 'warning', message, location: { file }, evidence: differing, fix },
  ];
}

/** The interpreter against the Python the repository asks for. */
export function ofPython(wanted: PythonRequirement, { python, environment }: Distributions): readonly Finding[] {
  const { specifier, file, line } = wanted;
  const version = environment['python_full_version'] ?? '';
  if (isWithin(version, specifier) !== false) return [];
  const message = `${file} asks for Python ${specifier}, but the interpreter is ${version}`;
  const fix = `Name another interpreter than ${python} with --python, or create the virtual environment anew.`;
  return [
    { code: 'out-of-range', subject: 'python', message, location: { file, line }, evidence: [`${file}:${line}`], fix },
  ];
}

function install(wanted: string, installed: Installed, python: string, ...others: string[]): string {
  const texts = [wanted, ...others].map((text) => `'${text.replaceAll("'", '"')}'`).join(' ');
  return installed.named('pip').length > 0
    ? `${python} -m pip install ${texts}`
    : `uv pip install --python ${python} ${texts}`;
}
