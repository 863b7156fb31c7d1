import { knownSplit, noSplit } from '../../splitNames';

/** What an array is by its name. */
export interface ArrayRole {
  readonly role: 'labels' | 'data' | 'names';
  readonly split: string;
  /** What is left of the name: "fine" of `fine_labels`, '' of `y_train`. */
  readonly set: string;
}

const roles: ReadonlyMap<string, ArrayRole['role']> = new Map(
  Object.entries({
    labels: 'y label labels target targets lbl lbls',
    data: 'x image images img imgs data feature features input inputs sample samples',
    names: 'names classnames classes categories',
  } as const).flatMap(([role, words]) =>
    words.split(' ').map((word): [string, ArrayRole['role']] => [word, role as ArrayRole['role']]),
  ),
);
const strength = { data: 0, labels: 1, names: 2 } as const;

const tokensOf = (name: string): string[] =>
  name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[-._\s]+/)
    .filter((token) => token !== '');

/**
 * Role, split and set of an array by its name and the name of the archive it is in ('' for none):
 * `y_train`, `trainLabels`, `val_images`, `label_names`. null for a name that says none of these.
 */
export const arrayRole = (name: string, archive: string): ArrayRole | null => {
  const own = tokensOf(name);
  let role: ArrayRole['role'] | null = null;
  for (const token of own) {
    const found = roles.get(token);
    if (found !== undefined && (role === null || strength[found] > strength[role])) role = found;
  }
  if (role === null) return null;
  const outer = tokensOf(archive);
  const splitIn = (tokens: readonly string[]): string | null =>
    tokens.map(knownSplit).find((split) => split !== null) ?? null;
  const rest = [...outer, ...own].filter(
    (token) => knownSplit(token) === null && (roles.get(token) ?? null) === null,
  );
  return { role, split: splitIn(own) ?? splitIn(outer) ?? noSplit, set: rest.join('-') };
};
