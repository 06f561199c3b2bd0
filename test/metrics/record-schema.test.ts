import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { schemaFor } from '../../src/metrics/record-schema.js';
import { goodRecord } from './records.js';

const root = path.join(import.meta.dirname, '../..');

interface Schema {
  description?: string;
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  items?: Schema;
}

const schema: Schema = JSON.parse(readFileSync(path.join(root, 'schemas/metrics-record.schema.json'), 'utf8'));

describe('schemas/metrics-record.schema.json', () => {
  it('says what every metric is, units and all', () => {
    const undescribed = (at: Schema, name: string): string[] => [
      ...(at.description === undefined ? [name] : []),
      ...Object.entries({ ...at.properties, ...at.patternProperties }).flatMap(([key, member]) =>
        undescribed(member, `${name}.${key}`),
      ),
      ...(at.items === undefined ? [] : undescribed(at.items, `${name}[]`)),
    ];
    expect(undescribed(schema, 'record')).toEqual([]);
  });

  it('is what docs/metrics.md tells, key by key', () => {
    const page = readFileSync(path.join(root, 'docs/metrics.md'), 'utf8');
    const table = page.slice(page.indexOf('## The record'), page.indexOf('## A schema of your own'));
    const told = new Set(
      [...table.matchAll(/`([a-z_]+(?:\{i\}_[a-z_]+)?)(?:\.\w+)?(?:\[\w\])*`/g)].map(([, name]) => name),
    );
    const patterns = Object.keys(schema.patternProperties ?? {}).map((pattern) =>
      pattern.slice(1, -1).replace(String.raw`\d+`, '{i}'),
    );
    const names = [...Object.keys(schema.properties ?? {}), ...patterns];
    expect(names.filter((name) => !told.has(name))).toEqual([]);
  });

  it('asks of each combination what it has, and no more', async () => {
    const { validate } = await schemaFor({ format: 'moe-metrics' });
    const required = (architecture: 'gnn' | 'hgnn' | 'orthogonal' | 'ghost', training: 'standard' | 'geometric') =>
      Object.entries(goodRecord(3, architecture, training))
        .filter(([name]) => {
          const record = Object.entries(goodRecord(3, architecture, training)).filter(([key]) => key !== name);
          return validate?.(Object.fromEntries(record)) === false;
        })
        .map(([name]) => name);
    const always = required('gnn', 'standard');
    expect(always).toHaveLength(12);
    const added = (...combination: Parameters<typeof required>) =>
      required(...combination).filter((name) => !always.includes(name));
    expect(added('hgnn', 'standard')).toEqual(['expert_connections', 'hyperedge_weights']);
    expect(added('orthogonal', 'standard')).toEqual([
      'orthogonality_preservation',
      'expert_specialization',
      'expert_connections',
      'hyperedge_weights',
    ]);
    expect(added('ghost', 'standard').toSorted()).toEqual(
      [
        ...added('orthogonal', 'standard'),
        'ghost_expert_0_activation',
        'active_ghosts',
        'ghost_activations',
        'ghost_learning_rates',
        'saturation_level',
      ].toSorted(),
    );
    expect(added('gnn', 'geometric')).toEqual([
      'expert_specialization',
      'rotation_angles',
      'expert_0_rotation_magnitude',
      'avg_rotation_magnitude',
      'rotation_efficiency',
      'geometric_components',
    ]);
  });
});
