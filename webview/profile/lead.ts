import { severity } from '../../src/methods/distribution/severity';
import type { LongTailProfile } from '../../src/profile/types';
import type { ProfileView } from '../../src/protocol/webview';
import { say, words } from '../../src/words/say';
import { button } from '../ui/controls';
import { h, rich, strong } from '../ui/dom';
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

/** The plain sentence a page begins with, and what such counts may do, with the way to measure it. */
export const lead = (
  profile: LongTailProfile,
  { effect, cannotTrain }: Pick<ProfileView, 'effect' | 'cannotTrain'>,
  measure: () => void,
): readonly HTMLElement[] => [
  h('p', { class: 'lead' }, rich(leadSentences(profile, strong).join(' '))),
  ...(effect === null
    ? []
    : [
        h(
          'p',
          { class: 'effect' },
          say(effect.message),
          effect.measured
            ? null
            : button(words('pages/measure'), measure, {
                refused: cannotTrain === null ? null : say(cannotTrain),
                describedBy: words('pages/measure/described'),
              }),
        ),
      ]),
];
