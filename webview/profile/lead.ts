import type { ProfileFacts } from '../../src/profile/classRows';
import type { ProfileView } from '../../src/protocol/webview';
import { say, words } from '../../src/words/say';
import { button } from '../ui/controls';
import { h, rich, strong } from '../ui/dom';
import type { Classes } from './classes';
import { leadSentences } from './leadSentences';

/** The plain sentence a page begins with, and what such counts may do, with the way to measure it. */
export const lead = (
  profile: ProfileFacts,
  classes: Classes,
  { effect, cannotTrain }: Pick<ProfileView, 'effect' | 'cannotTrain'>,
  measure: () => void,
): readonly HTMLElement[] => [
  h('p', { class: 'lead' }, rich(leadSentences(profile, classes, strong).join(' '))),
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
