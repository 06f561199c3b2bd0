import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fabricatedIn } from './fabricated-in.js';

/** A dashboard as it is often written: every metric that is not there yet has a stand-in. */
test('every stand-in of a dashboard is found, and nothing else', async () => {
  const text = await readFile(path.join(import.meta.dirname, 'made-up-dashboard.py'), 'utf8');
  const found = await fabricatedIn({ 'app.py': text });
  const told = found.map(({ kind, isFallback, source }) => `${kind}${isFallback ? ' fallback' : ''}: ${source.text}`);
  expect(told.sort()).toEqual([
    'placeholder: st.info("🚧 3D rotation view coming soon!")',
    'random fallback: return 1.8 + 0.1 * np.random.randn()',
    'random fallback: return np.random.dirichlet(np.ones(8))',
    "random: 'gpu_util': random.uniform(70, 95),",
    "random: 'loss': self.trainer.loss if self.trainer else 2.5 * np.exp(-len(self.history) * 0.01) + random.gauss(0, 0.05),",
    'random: attention = model.attention_weights if model is not None else np.random.rand(16, 16)',
    'random: chart.add_rows([[2.0 - i * 0.01 + random.random() * 0.1]])',
    "random: df = pd.DataFrame({'time': dates, 'tokens': np.random.poisson(1000, 24)}).set_index('time')",
    'random: matrix[i, j] = np.random.uniform(0.1, 0.4)',
    `random: st.metric("Throughput", f"{random.randint(1000, 1500)} tok/s")`,
    "random: st.session_state.training_data['loss'].append(random.random())",
    'random: y = 3 * np.exp(-x / 30) + np.random.normal(0, 0.1, 100)',
    'series: st.metric("GPU Memory", "12.4 GB", "0.3 GB")',
  ]);
});
