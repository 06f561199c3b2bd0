import type { Leftovers } from '../../../collectors/leftovers.js';
import type { Finding, Severity } from '../../../engine/types.js';
import { configEffects } from './config-effects.js';

/** A dashboard that nobody holds any more, or that sits on the wanted port, is in the way; any other is worth knowing. */
export function dashboardFindings(dashboards: Leftovers['dashboards'], wantedPort: number): readonly Finding[] {
  return dashboards.map(({ pid, script, ports, orphaned }) => {
    const inTheWay = orphaned || ports.includes(wantedPort);
    const where = ports.length === 0 ? '' : ` on port ${ports.join(' and ')}`;
    const held = orphaned ? ', and no terminal holds it any more' : '';
    return {
      code: 'orphan-process',
      subject: script,
      severity: inTheWay ? 'warning' : 'info',
      message: `an earlier launch of ${script} still runs${where} (process ${pid})${held}`,
      evidence: [`process ${pid}${where}`],
      fix: `kill ${pid}`,
    };
  });
}

/** Files that will be read and cannot be. */
export function fileFindings({ hubFiles, memos }: Leftovers): readonly Finding[] {
  const ofHub = hubFiles.map(({ file, repo, state, excused, bytes, expectedBytes }): Finding => {
    const size = expectedBytes === undefined ? `${bytes} bytes` : `${bytes} of ${expectedBytes} bytes`;
    const about = { code: 'corrupt-cache', subject: `${repo}: ${nameOf(file)}`, evidence: [`${file}: ${size}`] };
    if (state === 'interrupted') {
      const message = `a download for ${repo} was begun and not finished: the next launch goes on with it`;
      return { ...about, severity: 'info', message, fix: `hf download ${repo}` };
    }
    const severity: Severity = excused ? 'warning' : 'error';
    const message = `${nameOf(file)} of ${repo} in the Hub's cache is ${state === 'empty' ? 'empty' : 'cut off'}: loading it fails until it is fetched again`;
    return { ...about, severity, message, fix: `hf download ${repo} ${nameOf(file)} --force-download` };
  });
  const ofStreamlit = memos.map(({ file, bytes }): Finding => ({
    code: 'corrupt-cache',
    subject: `st.cache_data: ${nameOf(file)}`,
    message: `a result that st.cache_data kept on disk is damaged (${nameOf(file)}): the function it belongs to raises CacheError instead of running`,
    evidence: [`${file}: ${bytes} bytes`],
    fix: `rm ${file}`,
  }));
  return [...ofHub, ...ofStreamlit];
}

/** What the user's own config.toml changes for this dashboard; a port that the project pins elsewhere is not changed. */
export function configFindings(config: Leftovers['userConfig'], portIsPinned: boolean): readonly Finding[] {
  if (config === undefined) return [];
  return Object.entries(config.options).flatMap(([option, value]) => {
    const effect = configEffects[option];
    if (option === 'server.port' && portIsPinned) return [];
    if (effect === undefined || effect.harmless.includes(value) || config.setNearer.includes(option)) return [];
    return [
      {
        code: 'overriding-config',
        subject: option,
        severity: effect.severity,
        message: `${config.file} sets ${option} = ${value}, and the project does not: ${effect.does}`,
        evidence: [`${option} = ${value}`],
        fix: `Set ${option} in the project's .streamlit/config.toml, or take it out of ${config.file}.`,
      },
    ];
  });
}

function nameOf(file: string): string {
  return file.split(/[/\\]/).at(-1) ?? file;
}
