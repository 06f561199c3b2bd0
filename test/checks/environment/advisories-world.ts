import { askedApis, loadAdvisories } from '../../../src/advisories/advisories.js';
import { advisories } from '../../../src/checks/environment/advisories.js';
import { compileApis } from '../../../src/source/facts/api-patterns.js';
import { factsOf } from '../../../src/source/facts/facts.js';
import { loadPythonParser } from '../../../src/source/parsing/parser.js';
import type { ProjectFile } from '../../../src/source/types.js';
import { distribution, environment, project } from './world.js';

const known = await loadAdvisories();
const apis = compileApis(askedApis(known));
const parser = await loadPythonParser();

type Files = Readonly<Record<string, string>>;

export function judge(
  files: Files,
  installed: readonly string[],
  roles: readonly ProjectFile[] = [],
  python = environment,
) {
  const facts = Object.entries(files).map(([path, code]) =>
    factsOf(parser, path, new TextEncoder().encode(code), new Set(), apis),
  );
  const others = new Set(roles.map(({ path }) => path));
  const reached = Object.keys(files)
    .filter((path) => !others.has(path))
    .map((path): ProjectFile => ({ path, role: 'module', reachable: true }));
  const result = advisories.run({
    advisories: known,
    distributions: { python: '/p', toldBy: 'folder', environment: python, installed: installed.map(distribution) },
    source: { files: facts },
    project: project(...reached, ...roles),
  });
  if ('notApplicable' in result) throw new Error(result.notApplicable);
  return result;
}

export const verdicts = (...given: Parameters<typeof judge>) =>
  judge(...given).map(({ severity = 'error', code, subject }) => `${severity} ${code} ${subject}`);

export const app = (...lines: string[]) => ({ 'app.py': `${lines.join('\n')}\n` });
export const st = 'import streamlit as st';
export const np = 'import numpy as np';
export const newest = [
  'streamlit 1.64.0',
  'numpy 2.4.6',
  'pandas 3.0.6',
  'plotly 7.1.0',
  'huggingface-hub 2.0.0',
  'torch 2.13.0',
  'transformers 5.18.0',
  'pillow 12.3.0',
];
export const python = (version: string) => ({ ...environment, python_full_version: version });
