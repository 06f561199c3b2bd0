import type { Finding } from '../../../engine/types.js';
import type { FabricatedPlot, Shows } from '../../../plots/fabricated/types.js';
import { evidenceOf, shortened } from './evidence.js';

/** What is to be said of one source of invented numbers, or of one placeholder. */
export function findingOf(plot: FabricatedPlot): Finding {
  const { source, kind, flag, said } = plot;
  const finding = {
    subject: source.function === undefined ? source.file : `${source.file}: ${source.function}`,
    location: { file: source.file, line: source.line, column: source.column },
    evidence: evidenceOf(plot),
  };
  if (kind === 'placeholder') return { ...finding, code: 'not-implemented', ...placeholder(plot) };
  const code = kind === 'random' ? 'random-data' : 'simulated-data';
  const message = `${messageOf(plot)}${excuse(plot)}`;
  const isKnown = flag !== undefined || said !== undefined;
  return { ...finding, code, message, ...(isKnown ? { severity: 'warning' as const } : {}), fix: fixOf(plot) };
}

const what = {
  random: 'random numbers',
  series: 'numbers written into the source',
  curve: 'a curve computed of nothing measured',
} as const;

/** `plot_loss shows random numbers as measurements (st.line_chart)` */
function messageOf({ kind, source, shows, reached, isFallback, flag, said }: FabricatedPlot): string {
  const [first] = shows;
  const who = source.function ?? source.file;
  const numbers = kind === 'placeholder' ? 'nothing' : what[kind];
  const verb = first?.what === 'record' ? 'records' : 'shows';
  const isShownThere = first === undefined || (first.function ?? first.file) === (source.function ?? source.file);
  const how = isShownThere ? `${verb} ${numbers}` : `makes ${numbers} that ${first.function ?? first.file} ${verb}`;
  const more = reached > 1 ? ` and ${reached - 1} more` : '';
  const where = first === undefined ? '' : ` (${nameOf(first)}${more})`;
  const pretence = flag === undefined && said === undefined ? ' as if measured' : '';
  return `${who} ${how}${isFallback ? ' where the measurement is missing' : pretence}${where}`;
}

function nameOf({ what, by, label }: Shows): string {
  if (what === 'record') return JSON.stringify(by);
  return label === undefined ? by : `${by} ${JSON.stringify(label)}`;
}

function excuse({ flag, said }: FabricatedPlot): string {
  if (flag !== undefined) return ` in the demo mode of ${JSON.stringify(flag)}`;
  return said === undefined ? '' : ` and says so: ${JSON.stringify(shortened(said.text))}`;
}

function fixOf({ isFallback, shows, flag }: FabricatedPlot): string {
  if (flag !== undefined)
    return 'Say on the page that these are demo data, and make sure that the mode is off in earnest.';
  if (shows[0]?.what === 'record') return 'Record what is measured, or leave the key out.';
  if (isFallback) return 'Show that there are no data, with st.info, in place of invented ones.';
  return 'Draw it from what the training records; until it does, leave the plot out, or say in the title of the page that the data are simulated.';
}

function placeholder({ source }: FabricatedPlot): Pick<Finding, 'message' | 'fix'> {
  const by = source.function === undefined ? source.file : source.function;
  return {
    message: `${by} draws no plot: ${source.text}`,
    fix: 'Draw the plot, or do not offer it.',
  };
}
