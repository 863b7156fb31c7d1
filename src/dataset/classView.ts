import { LongtailError } from '../common/errors';

/** Which classes of a dataset to leave out and which to count as one. */
export interface ClassChoice {
  readonly ignore: readonly string[];
  /** New name → names it takes in. */
  readonly merge: Readonly<Record<string, readonly string[]>>;
}

/** Classes as somebody wants to see them; the dataset and its index stay as they are. */
export interface ClassView {
  readonly names: readonly string[];
  /** For every class id of the dataset its id in `names`, -1 = left out. */
  readonly map: Int32Array;
}

const checkNames = (names: readonly string[], known: ReadonlySet<string>): void => {
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new LongtailError('dataset/class-unknown', { names: unknown.slice(0, 8) });
};

/**
 * The view of a config's `dataset.classes`. A merged class stands where the first of its members
 * stood; a class may keep its own name as the merged one. LongtailError `dataset/class-unknown`
 * for a name the dataset lacks, `dataset/class-twice` for one that is merged twice or merged and
 * ignored, `dataset/class-name-taken` when a merged name is that of another class.
 */
export const viewClasses = (
  dataset: { readonly classNames: readonly string[] },
  choice: ClassChoice,
): ClassView => {
  if (choice.ignore.length === 0 && Object.keys(choice.merge).length === 0)
    return {
      names: dataset.classNames,
      map: new Int32Array(dataset.classNames.length).map((_, id) => id),
    };
  const known = new Set(dataset.classNames);
  checkNames([...choice.ignore, ...Object.values(choice.merge).flat()], known);
  const target = new Map<string, string>();
  const ignored = new Set(choice.ignore);
  for (const [name, members] of Object.entries(choice.merge)) {
    for (const member of members) {
      if (target.has(member) || ignored.has(member))
        throw new LongtailError('dataset/class-twice', { name: member });
      target.set(member, name);
    }
    if (known.has(name) && !members.includes(name) && !ignored.has(name) && !target.has(name))
      throw new LongtailError('dataset/class-name-taken', { name });
  }
  const ids = new Map<string, number>();
  const map = Int32Array.from(dataset.classNames, (own) => {
    if (ignored.has(own)) return -1;
    const name = target.get(own) ?? own;
    const id = ids.get(name) ?? ids.size;
    ids.set(name, id);
    return id;
  });
  return { names: [...ids.keys()], map };
};
