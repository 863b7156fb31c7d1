import { LongtailError } from '../../common/errors';

/** The classes a model sees: those of the dataset, some merged, some left out. */
export interface ClassView {
  readonly names: readonly string[];
  /** Dataset class → class of the model, −1 for an ignored one. */
  readonly map: Int32Array;
}

/**
 * Applies `dataset.classes` of a config. A merged class stands where its first member stood.
 * Throws `train/class-unknown` for a name the dataset lacks, `train/one-class` when fewer than two
 * classes are left.
 */
export const viewClasses = (
  datasetNames: readonly string[],
  wanted: {
    readonly ignore: readonly string[];
    readonly merge: Readonly<Record<string, readonly string[]>>;
  },
): ClassView => {
  const mergedInto = new Map(
    Object.entries(wanted.merge).flatMap(([into, members]) =>
      members.map((member) => [member, into] as const),
    ),
  );
  for (const name of [...wanted.ignore, ...mergedInto.keys()])
    if (!datasetNames.includes(name)) throw new LongtailError('train/class-unknown', { name });
  const ignored = new Set(wanted.ignore);
  const names: string[] = [];
  const map = new Int32Array(datasetNames.length).fill(-1);
  datasetNames.forEach((name, id) => {
    if (ignored.has(name)) return;
    const own = mergedInto.get(name) ?? name;
    const known = names.indexOf(own);
    map[id] = known === -1 ? names.push(own) - 1 : known;
  });
  if (names.length < 2) throw new LongtailError('train/one-class', { count: names.length, names });
  return { names, map };
};
