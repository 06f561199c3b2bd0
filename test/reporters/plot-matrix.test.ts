import { describe, expect, it } from 'vitest';
import type { CellState, PlotMatrix } from '../../src/plots/matrix.js';
import { plotMatrixLines } from '../../src/reporters/plot-matrix.js';

const states: readonly CellState[] = [
  'covered',
  'unmeasured',
  'not-offered',
  'no-renderer',
  'no-data',
  'missing',
  'unexpected',
  'rejected',
  'failed',
  'unknown',
];

function matrix(cells: readonly CellState[], more: Partial<PlotMatrix> = {}): PlotMatrix {
  const combinations = cells.map((_, index) => ({ name: `mode ${index}`, overrides: {}, status: 'ok' as const }));
  const row = { plotType: 'Loss', metrics: [], cells: cells.map((state) => ({ offered: 'yes' as const, state })) };
  return { combinations, rows: [row], ...more };
}

const screen = { width: 80, colour: false, unicode: true };

describe('the matrix', () => {
  it('tells every state by a symbol of its own, without colour and without Unicode', () => {
    for (const unicode of [true, false]) {
      const [head = '', row = ''] = plotMatrixLines(matrix(states), { ...screen, unicode });
      expect(head.trim().split(/\s+/)).toEqual(states.map((_, index) => String(index + 1)));
      const symbols = row.trim().split(/\s+/).slice(1);
      expect(new Set(symbols).size).toBe(states.length);
      expect(/^[ -~]+$/.test(row)).toBe(!unicode);
    }
  });

  it('has a colour a state', () => {
    const row = plotMatrixLines(matrix(['covered', 'no-data']), { ...screen, colour: true })[1] ?? '';
    expect(row).toContain('\x1b[32m●');
    expect(row).toContain('\x1b[31m○');
  });

  it('goes on below where the columns do not fit, within the width', () => {
    const lines = plotMatrixLines(matrix(Array.from({ length: 60 }, () => 'covered' as const)), {
      ...screen,
      width: 40,
    });
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(lines.filter((line) => line.startsWith('  Loss '))).toHaveLength(6);
    expect(lines.join('\n')).toContain('60 mode 59');
  });

  it('says what it was asked, what is not allowed and what fails, and counts', () => {
    const list = { function: 'plots:available', how: 'found', config: 'config:Config', factors: [] };
    const given = matrix(['covered', 'rejected', 'failed'], { list, of: 96 });
    const combinations = given.combinations.map((each, index) => ({
      ...each,
      status: (['ok', 'rejected', 'failed'] as const)[index] ?? 'ok',
      ...(index === 0 ? {} : { why: 'ValueError: no' }),
    }));
    const text = plotMatrixLines({ ...given, combinations }, screen)
      .join('\n')
      .replaceAll(/\s+/g, ' ');
    expect(text).toContain('2 mode 1 not allowed: ValueError: no');
    expect(text).toContain('3 mode 2 fails: ValueError: no');
    expect(text).toContain('Asked: plots:available with config:Config (found)');
    expect(text).toContain('1 plot type × 3 combinations of 96, every pair of values among them: 1 offered, 1 the');
  });

  it('says which factors were asked for, and whether the sources or the config gave them', () => {
    const factors = [
      { name: 'mode', values: ['gnn', 'ghost'], how: 'MODES in config.py' },
      { name: 'depth', values: [1, 2, 3], how: 'DEPTHS in config.py' },
      { name: 'routing', values: ['top', 'soft'], how: 'the enum Routing' },
    ];
    const list = { function: 'plots:available', how: 'found', factors };
    const given = matrix(['covered', 'unmeasured'], { list });
    const combinations = given.combinations.map((each, index) => ({
      ...each,
      overrides: { mode: index === 0 ? 'gnn' : 'ghost', depth: index + 1, 'ghost.kind': `${index}`, size: 3 },
    }));
    const text = plotMatrixLines({ ...given, combinations }, screen)
      .join(' ')
      .replaceAll(/\s+/g, ' ');
    expect(text).toContain(
      '(found); mode (MODES in config.py), depth (the config of moe-check), ghost.kind (the config of moe-check) ',
    );
    expect(text).toContain('2 offered, 1 offered and drawn; its metrics come from where the sources do not show');
  });

  it('says that nobody was asked', () => {
    const none = matrix(['covered'], { notAsked: 'no Python' });
    const combinations = none.combinations.map((each) => ({ ...each, status: 'not-asked' as const }));
    const text = plotMatrixLines({ ...none, combinations }, screen).join(' ');
    expect(text).toContain('The combinations were not asked (no Python)');
    expect(text).toContain('1 plot type: 1 offered, all covered as far as the sources tell');
  });
});
