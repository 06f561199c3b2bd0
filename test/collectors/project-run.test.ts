import { describe, expect, it } from 'vitest';
import { launch, page, project } from './project-of.js';

const plain = { viaModule: false, folder: '.', args: [] };
const fence = (text: string): string => `Start it:\n\n\`\`\`bash\n${text}\n\`\`\`\n`;

describe('how it is run', () => {
  const files = { 'dashboard/app.py': page, 'dashboard/data/load.py': '', 'other/app.py': page };

  it.each([
    ['README.md', fence('cd dashboard\nstreamlit run app.py'), { ...plain, folder: 'dashboard' }],
    ['README.md', fence('$ cd dashboard && streamlit run app.py'), { ...plain, folder: 'dashboard' }],
    [
      'README.md',
      fence('git clone x/moe\ncd moe\ncd dashboard/\nstreamlit run app.py'),
      { ...plain, folder: 'dashboard' },
    ],
    ['README.md', `${fence('cd other')}\n${fence('streamlit run dashboard/app.py')}`, plain],
    ['README.md', fence('cd dashboard/data\nstreamlit run ../app.py'), { ...plain, folder: 'dashboard/data' }],
    ['dashboard/README.md', fence('streamlit run app.py'), { ...plain, folder: 'dashboard' }],
    ['dashboard/README.md', fence('cd dashboard\nstreamlit run app.py'), { ...plain, folder: 'dashboard' }],
    ['README.md', fence('streamlit run dashboard/app.py'), plain],
    ['README.md', fence('python -m streamlit run dashboard/app.py'), { ...plain, viaModule: true }],
    [
      'Makefile',
      'a:\n\tcd other\nrun:\n\tcd dashboard; python3 -m streamlit run app.py',
      { viaModule: true, folder: 'dashboard', args: [] },
    ],
    ['start.sh', 'set -e\ncd "dashboard"\nexec streamlit run app.py', { ...plain, folder: 'dashboard' }],
    ['Dockerfile', 'CMD ["python", "-m", "streamlit", "run", "/srv/dashboard/app.py"]', { ...plain, viaModule: true }],
    [
      'Dockerfile',
      'CMD [ \\\n  "streamlit", \\\n  "run", "dashboard/app.py", "--", "--data", "x.csv"]',
      { ...plain, args: ['--data', 'x.csv'] },
    ],
    ['Dockerfile', 'CMD [\n  "streamlit",\n  "run",\n  "dashboard/app.py"\n]', plain],
    [
      'Dockerfile',
      'ENTRYPOINT ["streamlit", "run"]\nEXPOSE 80\nCMD ["dashboard/app.py", "--", "-v"]',
      { ...plain, args: ['-v'] },
    ],
    [
      'README.md',
      fence('streamlit run dashboard/app.py \\\n  -- --data runs/1.csv'),
      { ...plain, args: ['--data', 'runs/1.csv'] },
    ],
    [
      'README.md',
      'Or `streamlit run dashboard/app.py -- --data runs/1.csv` in a shell.',
      { ...plain, args: ['--data', 'runs/1.csv'] },
    ],
    ['README.md', 'Or streamlit run dashboard/app.py -- and so on', plain],
    ...['$DATA', '<file>', '[FILE]', '"two words"', 'a.csv …', 'a.csv ...', '"$@"', '~/runs'].map(
      (word) => ['README.md', fence(`streamlit run dashboard/app.py -- --data ${word}`), plain] as const,
    ),
  ] as const)('is what %s says: %s', async (hint, text, expected) => {
    const { entry, run } = await project({ ...files, [hint]: text });
    expect({ entry: entry?.path, run }).toEqual({ entry: 'dashboard/app.py', run: expected });
  });

  it('is plain where nothing says it', async () => {
    expect((await project({ 'app.py': page })).run).toEqual(plain);
    expect((await project(files, launch({ command: ['{python}', 'dashboard/app.py'] }))).run).toEqual(plain);
  });

  it('reads the settings of Streamlit in the folder that it is run in', async () => {
    const config = { 'dashboard/.streamlit/config.toml': '[server]\nport = 8604\n' };
    const nested = {
      'dashboard/ui/app.py': page,
      ...config,
      'README.md': fence('cd dashboard\nstreamlit run ui/app.py'),
    };
    expect((await project(nested)).port.number).toBe(8604);
  });
});
