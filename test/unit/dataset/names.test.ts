import { describe, expect, it } from 'vitest';
import { Names } from '../../../src/dataset/names';

describe('names with ids', () => {
  it.each([0, 1, 0x811c9dc5, -1])(
    'finds each name again, the empty one too, from seed %d',
    (seed) => {
      const names = new Names(seed);
      const all = [
        '',
        'a',
        '__proto__',
        'ä',
        ...Array.from({ length: 5000 }, (_, i) => `name ${i}`),
      ];
      for (const [id, name] of all.entries()) expect(names.id(name)).toBe(id);
      for (const [id, name] of all.entries()) expect(names.id(name)).toBe(id);
      expect(names.list).toEqual(all);
    },
  );
});
