import { createFixture } from 'fs-fixture';
import { readRequirements, type ProjectRequirements } from '../../src/requirements/read-requirements.js';

/** What is read from a project that consists of these files. */
export async function read(files: Record<string, string | Buffer>, env: Record<string, string> = {}) {
  await using project = await createFixture(files);
  return await readRequirements(project.path, env);
}

/** `file:line group kind name[extras]specifier; marker` */
export const told = ({ requirements }: ProjectRequirements) =>
  requirements.map(({ file, line, group, kind, name, extras, specifier, url, marker }) =>
    [
      `${file}:${line}`,
      group,
      ...(kind === 'dependency' ? [] : [kind]),
      `${name}${extras.length > 0 ? `[${extras.join()}]` : ''}${specifier}${url === undefined ? '' : ` @ ${url}`}${marker === undefined ? '' : `; ${marker}`}`,
    ].join(' '),
  );
