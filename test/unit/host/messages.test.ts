import { describe, expect, it } from 'vitest';
import { isFromPage, readPageState } from '../../../src/protocol/webview';

describe('messages from a page', () => {
  it.each([
    { kind: 'page/ready', version: 1 },
    { kind: 'profile/train', recommendation: null },
    { kind: 'profile/createConfig', recommendation: 'crt' },
    { kind: 'profile/goals', asked: {} },
    { kind: 'run/stop' },
    { kind: 'report/keep', setting: { kind: 'none' } },
    { kind: 'comparison/export', reference: 1 },
  ])('lets $kind in', (message) => {
    expect(isFromPage(message)).toBe(true);
  });

  it.each([
    null,
    'run/stop',
    [],
    {},
    { kind: 'toString' },
    { kind: '__proto__' },
    { kind: 'page/ready', version: '1' },
    { kind: 'profile/train' },
    { kind: 'profile/goals', asked: [] },
    { kind: 'profile/train', recommendation: 3 },
    { kind: 'comparison/repeat', run: 3 },
    { kind: 'run/erase' },
  ])('keeps %j out', (message) => {
    expect(isFromPage(message)).toBe(false);
  });
});

describe('state of a page', () => {
  it('reads what a page kept, whatever else the page kept with it', () => {
    expect(readPageState({ page: 'profile', root: '/data', ui: {} })).toEqual({
      page: 'profile',
      root: '/data',
    });
    const compared = { page: 'compare', folders: ['/runs/1', '/runs/2'] };
    expect(readPageState(compared)).toEqual(compared);
    expect(readPageState({ page: 'run', folder: '/runs/1' })).toEqual({
      page: 'run',
      folder: '/runs/1',
    });
  });

  it.each([
    undefined,
    null,
    'x',
    {},
    { page: 'compare', folders: [1] },
    { page: 'profile' },
    { page: 'run', root: '/data' },
  ])('refuses %j', (state) => {
    expect(readPageState(state)).toBeNull();
  });
});
