import { LongtailError } from '../../common/errors';
import type { WantedPart } from './types';

const usualNames: Readonly<Record<number, readonly string[]>> = {
  2: ['train', 'test'],
  3: ['train', 'validation', 'test'],
};
const mostParts = 255;
/** Names become names of files. */
const plainName = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

/**
 * Parts out of `0.8,0.1,0.1`, percentages, or `train=0.8,held-out=0.2`: two are train and test,
 * three train, validation and test. LongtailErrors `propose/shares`, `propose/shares-sum`.
 */
export const wantedParts = (text: string): readonly WantedPart[] => {
  const items = text.split(',').map((item) => item.trim());
  const names = items.map((item, i) =>
    item.includes('=') ? item.slice(0, item.indexOf('=')).trim() : usualNames[items.length]?.[i],
  );
  const shares = items.map((item) => {
    const number = item.slice(item.indexOf('=') + 1).trim();
    return number === '' ? Number.NaN : Number(number);
  });
  const sum = shares.reduce((total, share) => total + share, 0);
  const isGood =
    items.length >= 2 &&
    items.length <= mostParts &&
    shares.every((share) => share > 0) &&
    new Set(names).size === names.length &&
    names.every((name) => name !== undefined && plainName.test(name));
  if (!isGood || !Number.isFinite(sum)) throw new LongtailError('propose/shares', { text });
  const whole = [1, 100].find((total) => Math.abs(sum / total - 1) < 1e-6);
  if (whole === undefined) throw new LongtailError('propose/shares-sum', { text, sum });
  return shares.map((share, i) => ({ name: names[i] ?? '', share: share / sum }));
};
