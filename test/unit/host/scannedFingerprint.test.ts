import { describe, expect, it } from 'vitest';
import type { FormatOptions } from '../../../src/dataset/types';
import { scannedFingerprint } from '../../../src/host/scannedFingerprint';

const options: FormatOptions = { format: 'csv' };
const named: FormatOptions = { format: 'csv', labelColumn: 'species' };
const profile = { dataset: { fingerprint: 'now' } };
const list = () => [{ root: '/d', options, fingerprint: 'before' }];
/** A window that scanned, and the same after a reload. */
const scanned = {
  list,
  analysis: (root: string) => (root === '/d' ? { options, named, profile } : undefined),
};
const reloaded = { list, analysis: () => undefined };

describe('the fingerprint a run is held against', () => {
  it('is that of the scan of this window, else of the list', () => {
    expect(scannedFingerprint(scanned, '/d', options)).toBe('now');
    expect(scannedFingerprint(scanned, '/d', { labelColumn: 'species', format: 'csv' })).toBe(
      'now',
    );
    expect(scannedFingerprint(reloaded, '/d', options)).toBe('before');
  });

  it('is none for a dataset nobody scanned, or that the config reads in another way', () => {
    expect(scannedFingerprint(scanned, '/e', options)).toBeUndefined();
    expect(
      scannedFingerprint(scanned, '/d', { format: 'csv', labelColumn: 'genus' }),
    ).toBeUndefined();
    expect(scannedFingerprint(reloaded, '/d', named)).toBeUndefined();
  });
});
