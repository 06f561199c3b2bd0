import type { Severity } from '../../../engine/types.js';

interface Effect {
  /** What setting it does to a dashboard that does not expect it. */
  does: string;
  severity: Severity;
  /** Values that change nothing, as text: the default, mostly. */
  harmless: readonly string[];
}

/** Options of Streamlit that decide whether, where and how a dashboard comes up; any other is a matter of taste. */
export const configEffects: Readonly<Record<string, Effect>> = {
  'global.developmentMode': {
    does: 'Streamlit then refuses to start with a port, and serves no page of its own',
    severity: 'warning',
    harmless: ['false'],
  },
  'server.port': { does: 'the dashboard listens there and not on 8501', severity: 'warning', harmless: ['8501'] },
  'server.address': {
    does: 'the dashboard listens on that address only',
    severity: 'warning',
    harmless: ['', 'localhost', '127.0.0.1', '0.0.0.0', '::'],
  },
  'server.baseUrlPath': {
    does: 'every page and the health check move below that path',
    severity: 'warning',
    harmless: ['', '/'],
  },
  'server.sslCertFile': { does: 'the dashboard speaks https only', severity: 'warning', harmless: [''] },
  'server.allowedHosts': {
    does: 'browsers that come by another name are turned away',
    severity: 'warning',
    harmless: [''],
  },
  'server.maxMessageSize': {
    does: 'a larger chart or table raises (200 MB is the default)',
    severity: 'warning',
    harmless: ['200'],
  },
  'runner.enforceSerializableSessionState': {
    does: 'anything in st.session_state that cannot be pickled, such as a thread or a model, raises',
    severity: 'warning',
    harmless: ['false'],
  },
  'runner.magicEnabled': {
    does: 'expressions that stand alone are no longer drawn',
    severity: 'warning',
    harmless: ['true'],
  },
  'client.showErrorDetails': {
    does: 'the page hides what went wrong',
    severity: 'info',
    harmless: ['full', 'true'],
  },
  'server.headless': { does: 'no browser is opened', severity: 'info', harmless: ['false'] },
  'server.fileWatcherType': {
    does: 'a saved file may not be noticed',
    severity: 'info',
    harmless: ['auto', 'watchdog'],
  },
};
