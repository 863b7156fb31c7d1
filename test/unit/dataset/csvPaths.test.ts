import { expect, it } from 'vitest';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { memorySource } from './memorySource';

it('leaves pictures of a table that lie outside the dataset alone, and says so', () => {
  const rows = [
    'a.png,cat',
    '/data/b.png,dog',
    '../up.png,cat',
    '/etc/c.png,dog',
    'x/../../d.png,cat',
  ];
  const source = memorySource({
    '/data/labels.csv': `file,label\n${rows.join('\n')}\n`,
    '/data/a.png': '',
    '/data/b.png': '',
    '/up.png': '',
    '/etc/c.png': '',
  });
  const index = scanDatasetSync(source, '/data', { format: 'csv' });
  const paths = Array.from({ length: index.samples }, (_, i) => index.locator(i).path);
  expect(paths).toEqual(['a.png', 'b.png', 'labels.csv', 'labels.csv', 'labels.csv']);
  expect(index.labels).toHaveLength(5);
  expect(index.issues).toContainEqual(
    expect.objectContaining({ code: 'dataset/paths-outside', count: 3 }),
  );
});
