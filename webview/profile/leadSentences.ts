import { severity } from '../../src/methods/distribution/severity';
import type { ProfileFacts } from '../../src/profile/classRows';
import { words } from '../../src/words/say';
import { endsOf, type Classes } from './classes';
import { amount, splitName } from './view';

/** What the counts say, in one or two sentences; about this data nothing more is claimed. */
export const leadSentences = (
  profile: ProfileFacts,
  classes: Classes,
  mark: (text: string) => string = (text) => text,
): readonly string[] => {
  const { filled, largest, smallest } = endsOf(classes);
  if (largest === undefined || smallest === undefined) return [words('pages/lead/empty')];
  if (filled === 1)
    return [
      words('pages/lead/one-class', {
        name: mark(largest.name),
        amount: amount(profile, largest.count),
      }),
    ];
  const ratio = profile.metrics['imbalanceRatio'] ?? null;
  const { headClasses, headShare } = profile.metrics;
  const facts = { largest: mark(largest.name), smallest: mark(smallest.name), ratio: ratio ?? 1 };
  const verdict = mark(words(`pages/severity/${severity(ratio)}`));
  if (largest.count === smallest.count)
    return [verdict, words('pages/lead/even', { amount: amount(profile, largest.count) })];
  const share =
    headClasses == null || headShare == null || headClasses >= filled
      ? []
      : [
          words('pages/lead/head', {
            count: headClasses,
            classes: classes.length,
            share: headShare,
            split: splitName(profile.profiledSplit),
          }),
        ];
  const sizes = {
    ...facts,
    most: amount(profile, largest.count),
    least: amount(profile, smallest.count),
  };
  return [verdict, words('pages/lead/ratio', sizes), ...share];
};
