import { describe, expect, it } from 'vitest';
import { everyClass } from '../../../src/dataset/classChoice';
import { createViews } from '../../../src/host/datasetViews';

/** The workspace's memory, without a workspace. */
const memoryOf = (kept: Record<string, unknown> = {}) => {
  const values = new Map(Object.entries(kept));
  const get = (key: string): unknown => values.get(key);
  const update = (key: string, value: unknown): Promise<void> => {
    values.set(key, structuredClone(value));
    return Promise.resolve();
  };
  return { get, update };
};

describe('views of datasets', () => {
  it('are kept by root and undone one after the other', async () => {
    const memory = memoryOf();
    const views = createViews(memory);
    await views.chooseClasses('/a', { ignore: ['x'], merge: {} });
    await views.chooseClasses('/a', { ignore: ['x', 'y'], merge: {} });
    await views.setBands('/a', { manyAbove: 9, fewBelow: 3 });
    expect(createViews(memory).of('/a')).toEqual({
      classes: { ignore: ['x', 'y'], merge: {} },
      bands: { manyAbove: 9, fewBelow: 3 },
    });
    expect(views.of('/b').classes).toEqual(everyClass);
    await views.undoClasses('/a');
    expect(views.of('/a').classes.ignore).toEqual(['x']);
    await views.undoClasses('/a');
    expect(views.of('/a').classes).toEqual(everyClass);
    expect(views.of('/a').bands).toEqual({ manyAbove: 9, fewBelow: 3 });
  });

  it('go back to every class where the steps are not known, and are forgotten', async () => {
    const memory = memoryOf();
    await createViews(memory).chooseClasses('/a', { ignore: ['x'], merge: {} });
    const views = createViews(memory);
    await views.undoClasses('/a');
    expect(views.of('/a').classes).toEqual(everyClass);
    await views.setBands('/a', { manyAbove: 9, fewBelow: 3 });
    await views.forget('/a');
    expect(views.of('/a').bands).toBeNull();
  });

  it.each([[3], [{ '/a': 'x' }], [{ '/a': { classes: { ignore: 'all' } } }]])(
    'survive %j in the memory',
    (kept) => {
      expect(createViews(memoryOf({ 'longtail.views': kept })).of('/a').classes).toEqual(
        everyClass,
      );
    },
  );
});
