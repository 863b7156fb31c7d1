import type { ClassChoice } from './classView';

/** All classes as they are. */
export const everyClass: ClassChoice = { ignore: [], merge: {} };

export const isEveryClass = ({ ignore, merge }: ClassChoice): boolean =>
  ignore.length === 0 && Object.keys(merge).length === 0;

/** The dataset's own names behind a name that is shown. */
export const membersOf = ({ merge }: ClassChoice, name: string): readonly string[] =>
  (Object.hasOwn(merge, name) ? merge[name] : undefined) ?? [name];

/** The merges without some of their names. */
const without = (
  { merge }: ClassChoice,
  names: ReadonlySet<string>,
): readonly (readonly [string, readonly string[]])[] =>
  Object.entries(merge).filter(([name]) => !names.has(name));

/** The choice with shown classes left out as well; of a merged one all that it took in. */
export const ignoring = (choice: ClassChoice, shown: readonly string[]): ClassChoice => ({
  ignore: [...choice.ignore, ...shown.flatMap((name) => membersOf(choice, name))],
  merge: Object.fromEntries(without(choice, new Set(shown))),
});

/**
 * The choice with shown classes counted as one. A class that is shown under the new name already
 * joins them: two of one name cannot be.
 */
export const merging = (
  choice: ClassChoice,
  shown: readonly string[],
  into: string,
  isShown: (name: string) => boolean,
): ClassChoice => {
  const names = new Set(isShown(into) ? [...shown, into] : shown);
  const members = [...names].flatMap((name) => membersOf(choice, name));
  return {
    ignore: choice.ignore,
    merge: Object.fromEntries([...without(choice, names), [into, members]]),
  };
};
