import { severity } from '../../src/methods/distribution/severity';
import type { LongTailProfile } from '../../src/profile/types';
import { words } from '../../src/words/say';
import { amount, classRowsOf, splitName } from './view';

/** What the counts say, in one or two sentences; about this data nothing more is claimed. */
export const leadSentences = (
  profile: LongTailProfile,
  mark: (text: string) => string = (text) => text,
): readonly string[] => {
  const rows = classRowsOf(profile).filter(({ count }) => count > 0);
  const largest = rows[0];
  const smallest = rows.at(-1);
  if (largest === undefined || smallest === undefined) return [words('pages/lead/empty')];
  if (largest === smallest)
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
    headClasses == null || headShare == null || headClasses >= rows.length
      ? []
      : [
          words('pages/lead/head', {
            count: headClasses,
            classes: profile.classes.length,
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
