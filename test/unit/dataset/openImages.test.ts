import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../../src/dataset/detect';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { memorySource, pictureTree } from './memorySource';

const header = 'ImageID,Source,LabelName,Confidence\n';
const table = '/data/train-annotations-human-imagelabels.csv';
const row = (id: number): string => `${id.toString(16).padStart(16, '0')},verification,/m/1,1\n`;
const codes = (text: string): readonly string[] =>
  scanDatasetSync(memorySource({ [table]: text }), '/data').issues.map(({ code }) => code);

describe('Open Images', () => {
  it('gathers rows of a picture that stand apart, and says where it cannot', () => {
    const many = Array.from({ length: 2 ** 18 }, (_, id) => row(id + 1)).join('');
    const near = scanDatasetSync(memorySource({ [table]: header + many + row(1) }), '/data');
    expect(near.samples).toBe(2 ** 18);
    expect(near.issues.map(({ code }) => code)).not.toContain('dataset/pictures-apart');
    const far = header + many + row(2 ** 18 + 1) + row(1);
    expect(codes(far)).toContain('dataset/pictures-apart');
    // Sorted as they are published, any number of pictures is no trouble.
    expect(codes(header + many + row(2 ** 18 + 1))).not.toContain('dataset/pictures-apart');
  });

  it('counts the whole table where the pictures beside it are others', () => {
    const tree = {
      ...pictureTree('/data', { '': { docs: 3 } }),
      [table]: header + row(1) + row(2),
    };
    const index = scanDatasetSync(memorySource(tree), '/data');
    expect(index.samples).toBe(2);
    expect(index.issues.map(({ code }) => code)).toContain('dataset/listed-not-found');
  });

  it('is not asked about beside plain tables', () => {
    const ranked = detectFormat(memorySource({ [table]: header + row(1) + row(2) }), '/data');
    expect(ranked.map(({ format }) => format)).toEqual(['open-images', 'csv']);
    expect((ranked[0]?.confidence ?? 0) - (ranked[1]?.confidence ?? 1)).toBeGreaterThan(0.1);
  });

  it('refuses a kind of labels that is not there, naming those that are', () => {
    const source = memorySource({ [table]: header + row(1) });
    expect(() => scanDatasetSync(source, '/data', { labelColumn: 'bbox' })).toThrow(
      expect.objectContaining({
        code: 'dataset/column-missing',
        params: expect.objectContaining({ columns: ['human-imagelabels'] }) as unknown,
      }) as Error,
    );
  });
});
