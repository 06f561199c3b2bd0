import { expect, it } from 'vitest';
import { resembling } from '../../src/util/alike.js';

it.each([
  ['router_entropy', ['loss', 'routing_entropy'], 'routing_entropy'],
  ['running', ['stop', 'is_running'], 'is_running'],
  ['drain', ['drain_queue', 'close'], 'drain_queue'],
  ['gradient_norm', ['grad_norm', 'loss'], 'grad_norm'],
  ['expertHeatmap', ['load_heatmap', 'load_bars'], 'load_heatmap'],
  ['get_loss', ['get_accuracy', 'get_weights'], undefined],
  ['stop', ['start', 'run'], undefined],
  ['get', ['is', 'has'], undefined],
])('%s among %j is %s', (name, candidates, expected) => {
  expect(resembling(name, candidates)).toBe(expected);
});
