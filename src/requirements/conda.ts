import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { normalizeName } from './names.js';
import type { PythonRequirement, Requirement } from './types.js';
import { isSpecifier } from './versions.js';

/** Packages that conda has under another name than the index. */
const condaNames: Readonly<Record<string, string>> = {
  pytorch: 'torch',
  'pytorch-cpu': 'torch',
  'pytorch-gpu': 'torch',
  'matplotlib-base': 'matplotlib',
  'py-opencv': 'opencv-python',
  opencv: 'opencv-python',
  'python-tzdata': 'tzdata',
  'ruamel.yaml': 'ruamel-yaml',
};

/** What an environment.yml asks for. */
export interface ReadCondaEnvironment {
  /** What conda installs. */
  requirements: readonly Requirement[];
  python: readonly PythonRequirement[];
  /** The `pip:` section: lines of a requirements file. */
  pipLines: readonly { text: string; line: number }[];
}

/**
 * Reads an environment.yml of conda.
 * @throws the parser's error when it is not YAML
 */
export function readCondaEnvironment(file: string, text: string): ReadCondaEnvironment {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const [error] = document.errors;
  if (error !== undefined) throw error;
  const lineOf = (node: { range?: readonly number[] | null }) => counter.linePos(node.range?.[0] ?? 0).line;

  const requirements: Requirement[] = [];
  const python: PythonRequirement[] = [];
  const pipLines: { text: string; line: number }[] = [];
  const dependencies = document.get('dependencies');
  for (const item of isSeq(dependencies) ? dependencies.items : []) {
    if (isScalar(item) && typeof item.value === 'string') {
      const found = readCondaSpec(item.value);
      if (found === undefined) continue;
      if (found.name === 'python') python.push({ specifier: found.specifier, file, line: lineOf(item) });
      else
        requirements.push({
          ...found,
          text: item.value,
          extras: [],
          kind: 'conda',
          group: 'main',
          file,
          line: lineOf(item),
        });
    }
    const pip = isMap(item) ? item.get('pip') : undefined;
    for (const entry of isSeq(pip) ? pip.items : []) {
      if (isScalar(entry) && typeof entry.value === 'string') pipLines.push({ text: entry.value, line: lineOf(entry) });
    }
  }
  return { requirements, python, pipLines };
}

/** `conda-forge::numpy=1.26.4=py311_0` is numpy `==1.26.4.*`: one equals sign bounds what is written, two mean exactly. */
function readCondaSpec(spec: string): Pick<Requirement, 'name' | 'specifier'> | undefined {
  const match = /^(?:[\w./-]+::)?([A-Za-z0-9_][\w.-]*)\s*(.*)$/.exec(spec.trim());
  if (match?.[1] === undefined) return undefined;
  const name = normalizeName(match[1]);
  const specifier = condaSpecifier((match[2] ?? '').trim());
  return { name: condaNames[name] ?? name, specifier: isSpecifier(specifier) ? specifier : '' };
}

function condaSpecifier(version: string): string {
  const bracket = /^\[.*version=['"]?([^'"\]]+)/.exec(version)?.[1];
  if (bracket !== undefined) return condaSpecifier(bracket);
  const fuzzy = /^=\s*([\d][\w.]*?)(?:\.\*)?(?:=.*)?$/.exec(version)?.[1];
  if (fuzzy !== undefined) return `==${fuzzy}.*`;
  const exact = /^==?\s*([\d][\w.!+*]*)(?:=.*)?$/.exec(version)?.[1] ?? /^(\d[\w.!+*]*)$/.exec(version)?.[1];
  if (exact !== undefined) return `==${exact}`;
  return version.replace(/\s*,\s*/g, ',').split(' ', 1)[0] ?? '';
}
