import { severity } from '../../src/methods/distribution/severity';
import type { ProfileFacts } from '../../src/profile/classRows';
import type { ProfileView } from '../../src/protocol/webview';
import { say, words } from '../../src/words/say';
import { button } from '../ui/controls';
import { h, rich, strong, type Child } from '../ui/dom';
import type { Classes } from './classes';
import { leadSentences } from './leadSentences';
import { tailLine } from './tailLine';

export interface LeadActions {
  readonly measure: () => void;
  readonly showTail: () => void;
}

/** What such counts may do; nothing where they are near each other. */
const effectLine = (
  { metrics }: Pick<ProfileFacts, 'metrics'>,
  { effect, cannotTrain }: Pick<ProfileView, 'effect' | 'cannotTrain'>,
  measure: () => void,
): HTMLElement | null => {
  const kind = severity(metrics['imbalanceRatio'] ?? null);
  if (effect === null && (kind === 'none' || kind === 'mild')) return null;
  const withButton = effect === null ? cannotTrain === null : !effect.measured;
  return h(
    'p',
    { class: 'effect' },
    effect === null ? words('pages/effect/unknown') : say(effect.message),
    withButton
      ? button(words('pages/measure'), measure, {
          refused: cannotTrain === null ? null : say(cannotTrain),
          describedBy: words('pages/measure/described'),
        })
      : null,
  );
};

/**
 * What a page begins with: the plain sentence, who is in the tail, and what such counts may do, with
 * the way to measure it.
 */
export const lead = (
  profile: ProfileFacts,
  classes: Classes,
  view: Pick<ProfileView, 'effect' | 'cannotTrain'>,
  { measure, showTail }: LeadActions,
): readonly Child[] => [
  h('p', { class: 'lead' }, rich(leadSentences(profile, classes, strong).join(' '))),
  tailLine(profile, classes, showTail),
  effectLine(profile, view, measure),
];
