import { defineCheck } from '../../engine/define.js';
import { configFindings, dashboardFindings, fileFindings } from './state/findings.js';
import { importedFrom } from './state/bytecode.js';

export const state = defineCheck({
  id: 'environment/state',
  title: 'No earlier session is in the way',
  why: 'What the last session left behind (a process, a cache, a setting) breaks the next one without a line of code having changed.',
  severity: 'warning',
  codes: {
    'orphan-process': 'a dashboard of this repository still runs',
    'stale-bytecode': 'a module is imported from bytecode whose source is gone',
    'corrupt-cache': 'a cache file that the dashboard will read is empty or cut off',
    'overriding-config': "the user's own config.toml sets what the project leaves open",
  },
  needs: ['leftovers', 'source', 'project'],
  run({ leftovers, source, project }) {
    const stale = leftovers.bytecode.flatMap((file) => {
      const importer = importedFrom(file, project.sourceRoot, source.files);
      if (importer === undefined) return [];
      return [
        {
          code: 'stale-bytecode',
          subject: file,
          message: `${importer.path}:${importer.line} imports ${file}, whose source is gone: what runs is code that nobody can read any more`,
          location: { file: importer.path, line: importer.line },
          evidence: [file],
          fix: `rm ${file}`,
        },
      ];
    });
    return [
      ...dashboardFindings(leftovers.dashboards, project.port.number),
      ...stale,
      ...fileFindings(leftovers),
      ...configFindings(leftovers.userConfig, project.port.pinned),
    ];
  },
});
