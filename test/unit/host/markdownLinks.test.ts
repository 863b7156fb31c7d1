import { describe, expect, it } from 'vitest';
import { linkBelow, linkFrom } from '../../../src/host/markdownLinks';

describe('links of a Markdown page', () => {
  it('are relative: the preview does not follow others', () => {
    const link = linkFrom('/home/me/storage/predictions');
    expect(link('/home/me/storage/predictions/all.csv')).toBe('all.csv');
    expect(link('/data/birds & bees/ä #1.png')).toBe(
      '../../../../data/birds%20%26%20bees/%C3%A4%20%231.png',
    );
  });

  it('lead to a line where one is known', () => {
    const link = linkBelow('../data');
    const sample = { labels: [], split: 'train' };
    expect(link({ ...sample, path: 'a b/1.png' })).toBe('../data/a%20b/1.png');
    expect(link({ ...sample, path: 'rows.csv', line: 12 })).toBe('../data/rows.csv#L12');
  });
});
