import { defineCheck } from '../../engine/define.js';
import { judgeImports } from '../../imports/judge.js';
import { notInstalled } from '../../imports/not-installed.js';
import { resolveImports } from '../../source/modules/resolve-imports.js';

export const importCheck = defineCheck({
  id: 'incident/import',
  title: 'Every module and every imported name can be had',
  why: 'A module that cannot be imported stops the dashboard the moment a page needs it, however healthy the server looks.',
  severity: 'error',
  codes: {
    'module-missing': 'a module that is imported is neither installed nor part of the dashboard',
    'import-error': 'a module raises, exits or crashes while it is imported',
    'symbol-missing': 'a name that is imported, or that the config asks for, is not in its module',
    'import-timeout': 'a module does not finish being imported',
    'circular-import': 'modules import each other, and one of them is only half there when it is needed',
  },
  needs: ['files', 'source', 'project'],
  deepenedBy: ['imports', 'distributions'],
  wants: ['interpreter', 'launch'],
  run({ files, source, project, imports, interpreter, launch, distributions }) {
    const unread = files.leftOut.map(({ path }) => path);
    const importable = distributions?.importable;
    // Where the interpreter has tried, it knows better.
    const isSettled = imports === undefined && importable !== undefined;
    return judgeImports({
      imports,
      executable: interpreter?.executable ?? distributions?.python,
      broken: resolveImports({ files: source.files, project, unread }),
      absent: isSettled ? notInstalled({ files: source.files, project, unread, importable }) : [],
      project,
      launch,
    });
  },
});
