import type { ProfileFacts } from '../../src/profile/classRows';
import { words } from '../../src/words/say';
import { h } from '../ui/dom';
import { endsOf, type Classes } from './classes';
import { splitName } from './view';

interface Tile {
  readonly id: string;
  readonly value: string;
  readonly label: string;
  /** Formula and source of the number. */
  readonly formula: string;
}

const shown = (value: number | null | undefined, form = ''): string =>
  value === null || value === undefined ? '–' : words(`pages/number${form}`, { value });

/** Beyond a thousand a tenth of a class says nothing. */
const effective = (value: number | null | undefined): string =>
  value != null && value >= 1000 ? shown(Math.round(value)) : shown(value, '/one');

const tilesOf = (profile: ProfileFacts, classes: Classes): readonly Tile[] => {
  const { metrics } = profile;
  const { smallest } = endsOf(classes);
  const tile = (id: string, value: string, params = {}): Tile => ({
    id,
    value,
    label: words(`pages/tile/${id}`, params),
    formula: words(`pages/tile/${id}/formula`),
  });
  const empty = classes.length - (metrics['numNonEmpty'] ?? 0);
  return [
    tile('samples', shown(metrics['total']), { split: splitName(profile.profiledSplit) }),
    {
      ...tile('classes', shown(classes.length)),
      label:
        empty === 0
          ? words('pages/tile/classes')
          : words('pages/tile/classes-empty', { count: empty }),
    },
    tile('ratio', shown(metrics['imbalanceRatio'], '/times')),
    tile('effective', effective(metrics['effectiveClasses']), {
      classes: classes.length,
    }),
    tile('gini', shown(metrics['gini'], '/two')),
    tile('smallest', shown(smallest?.count), { name: smallest?.name ?? '–' }),
    tile('eighty', shown(metrics['classesFor80Percent'])),
  ];
};

/** The headline numbers; each tells its formula on hover and on focus. */
export const numbers = (profile: ProfileFacts, classes: Classes): HTMLElement =>
  h(
    'ul',
    { class: 'tiles', attributes: { 'aria-label': words('pages/tiles') } },
    ...tilesOf(profile, classes).map(({ id, value, label, formula }) =>
      h(
        'li',
        { attributes: { tabindex: 0, 'aria-describedby': `formula-${id}` } },
        h('strong', {}, value),
        h('span', {}, label),
        h('span', { class: 'tip', attributes: { id: `formula-${id}`, role: 'tooltip' } }, formula),
      ),
    ),
  );
