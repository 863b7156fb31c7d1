import type { ProfileFacts } from '../../src/profile/classRows';
import { bandName } from '../../src/report/headline';
import { words } from '../../src/words/say';
import { h } from '../ui/dom';
import type { Classes } from './classes';

/** Names that a reader takes in at a glance. */
const mostNames = 5;

/** How many classes the smallest band has, and the names of the smallest that have a sample. */
export const tailOf = ({
  order,
  counts,
  bands,
  name,
}: Pick<Classes, 'order' | 'counts' | 'bands' | 'name'>): {
  readonly count: number;
  readonly names: readonly string[];
} => {
  let count = 0;
  const names: string[] = [];
  for (let rank = order.length - 1; rank >= 0; rank--) {
    const place = order[rank] ?? 0;
    if (bands[place] !== 2) break;
    if (!((counts[place] ?? 0) > 0)) continue;
    if (count++ < mostNames) names.push(name(place));
  }
  return { count, names };
};

/** Who is in the tail, with the way to all of them; nothing where there is none. */
export const tailLine = (
  { bands }: Pick<ProfileFacts, 'bands'>,
  classes: Classes,
  showAll: () => void,
): HTMLElement | null => {
  const { count, names } = tailOf(classes);
  if (count === 0) return null;
  const code = count > names.length ? 'pages/tail/some' : 'pages/tail/all';
  return h(
    'p',
    { class: 'tail' },
    words(code, { count, names, band: bandName(bands.scheme, 'few') }),
    ' ',
    h(
      'button',
      { class: 'link', attributes: { type: 'button' }, on: { click: showAll } },
      words('pages/tail/show'),
    ),
  );
};
