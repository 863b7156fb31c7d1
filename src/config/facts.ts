import type { Modality, Task } from '../dataset/types';
import type { LongTailProfile } from '../profile/types';

/** What config checks and rules need to know of a dataset. Counts are of the training split. */
export interface DatasetFacts {
  readonly task: Task;
  readonly modality: Modality;
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  readonly splits: readonly string[];
}

/** The facts of a profile: counts of `profiledSplit`, where there are no splits of all samples. */
export const factsOf = (profile: LongTailProfile): DatasetFacts => ({
  task: profile.dataset.task,
  modality: profile.dataset.modality,
  classes: profile.classes.map(({ name, count, splits }) => ({
    name,
    count: splits[profile.profiledSplit] ?? (profile.profiledSplit === 'all' ? count : 0),
  })),
  splits: Object.keys(profile.splits),
});

const characterNames = /^(\d+|\p{L}|zero|one|two|three|four|five|six|seven|eight|nine)$/iu;
const directionNames =
  /(^|[^\p{L}])(left|right|clockwise|anticlockwise|counterclockwise)([^\p{L}]|$)/iu;

/** Classes whose mirrored picture may be another class: digits, letters, directions. */
export const mirrorUnsafe = (names: readonly string[]): readonly string[] =>
  names.filter((name) => characterNames.test(name) || directionNames.test(name));
