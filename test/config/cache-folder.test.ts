import { homedir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { cacheFolder } from '../../src/config/cache-folder.js';

test.each([
  ['linux', { XDG_CACHE_HOME: '/var/caches' }, '/var/caches/moe-check'],
  ['linux', { XDG_CACHE_HOME: 'relative' }, path.join(homedir(), '.cache/moe-check')],
  ['linux', {}, path.join(homedir(), '.cache/moe-check')],
  ['darwin', {}, path.join(homedir(), 'Library/Caches/moe-check')],
  ['win32', { LOCALAPPDATA: '/Users/me/AppData/Local' }, '/Users/me/AppData/Local/moe-check'],
])('on %s with %o', (platform, env, folder) => {
  expect(cacheFolder('/repo', env, platform)).toBe(folder);
});

test('never lies in the target', () => {
  expect(cacheFolder('/repo', { XDG_CACHE_HOME: '/repo/.cache' })).toBeUndefined();
  expect(cacheFolder('/', { XDG_CACHE_HOME: '/var/caches' })).toBeUndefined();
  expect(cacheFolder('/repo', { XDG_CACHE_HOME: '/repository' })).toBe('/repository/moe-check');
});
