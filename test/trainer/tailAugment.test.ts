import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/common/random';
import { copiedCounts } from '../../src/methods/sampling';
import { varyPicture } from '../../src/trainer/data/tailAugment';
import { trainingItems } from '../../src/trainer/data/trainingItems';

describe('copies of rare items', () => {
  it('are as many as the formula says, within its limit', () => {
    // (100 / 25)^½ = 2, (100 / 1)^½ = 10 cut to 4.
    expect(copiedCounts([100, 25, 1, 0], { strength: 0.5, most: 4 })).toEqual([100, 50, 4, 0]);
    expect(copiedCounts([100, 25, 1], { strength: 0, most: 4 })).toEqual([100, 25, 1]);
  });

  it('are spread evenly over the rows of a class, and only where pictures are seen', () => {
    const train = Uint32Array.of(3, 1, 0, 4, 6);
    const data = {
      split: { train, validation: Uint32Array.of(2), test: Uint32Array.of(5), scoredSplit: 'test' },
      classOf: Int32Array.of(0, 0, 1, 0, 1, 1, 0),
      trainCounts: [4, 1],
    } as const;
    const tailAugment = { strength: 1, most: 3 };
    const items = trainingItems(data, { config: { trainable: 'all' }, tailAugment });
    expect([...items.rows]).toEqual([3, 1, 0, 4, 6, 4, 4]);
    expect([...items.labels]).toEqual([0, 0, 0, 1, 0, 1, 1]);
    expect(items.counts).toEqual([4, 3]);
    expect(items.firstCopy).toBe(5);
    const head = trainingItems(data, { config: { trainable: 'classifier' }, tailAugment });
    expect(head.rows).toEqual(train);
  });

  it('are varied a little, each in its own way', () => {
    const shape = { height: 12, width: 12, channels: 1 } as const;
    const picture = Float32Array.from({ length: 144 }, (_, i) => (i % 12 === 6 ? 2 : -0.5));
    const vary = (seed: number): Float32Array => {
      const copy = picture.slice();
      varyPicture(copy, shape, createRandom(seed, 'tail'));
      return copy;
    };
    expect(vary(1)).toEqual(vary(1));
    expect(vary(1)).not.toEqual(vary(2));
    for (let seed = 0; seed < 50; seed++) {
      const varied = vary(seed);
      // The bar stays the brightest in the middle, unless the square lies there.
      const centre = [...varied.subarray(72, 84)];
      const covered = centre.filter((value) => value === 0).length > 0;
      if (!covered) expect(Math.abs(centre.indexOf(Math.max(...centre)) - 6)).toBeLessThan(2);
      for (const value of varied) expect(Math.abs(value)).toBeLessThan(1.2 * 2 + 0.2 + 1e-6);
    }
  });
});
