import { isDifference } from '../../src/report/comparison/difference';
import { kindOf } from '../../src/report/comparison/sentences';
import { classDifferencesTable, groupName } from '../../src/report/comparison/tables';
import type {
  Compared,
  GroupDifference,
  RunComparison,
  RunGroup,
} from '../../src/report/comparison/types';
import { differencesFigure, shownClasses } from '../../src/report/figures';
import { words } from '../../src/words/say';
import { dropdown } from '../ui/controls';
import { h, replace } from '../ui/dom';
import { figureElement } from '../ui/figure';
import { card } from '../ui/frame';
import { rove } from '../ui/roving';
import type { SaveRequest } from '../ui/save';
import { tableElement } from '../ui/table';

interface Shown {
  readonly group: Compared['group'];
  readonly difference: GroupDifference;
}

/** Whether items have one of several classes, or several labels. */
const whatOf = (group: RunGroup): 'classes' | 'labels' =>
  kindOf(group) === 'mAP' ? 'labels' : 'classes';

const figureOf = (
  { reference }: RunComparison,
  { group, difference }: Shown,
  save: (request: SaveRequest) => void,
): HTMLElement => {
  const shown = shownClasses(difference.classes);
  const detail = h('p', { class: 'detail', attributes: { 'aria-hidden': 'true' } });
  return figureElement({
    name: 'class-differences',
    caption: words(`pages/compare/${whatOf(reference)}/caption`, {
      a: reference.key,
      b: group.key,
    }),
    height: 300,
    save,
    make: (size) => differencesFigure({ reference, group, difference }, size),
    below: detail,
    onDrawn: (place) => {
      detail.textContent = words('pages/compare/classes/hint');
      rove(place, 'data-row', {
        home: place,
        onFocus: (index) => {
          const row = place.querySelector(`[data-row="${index}"]`);
          if (shown[index] !== undefined)
            detail.textContent = row?.getAttribute('aria-label') ?? '';
        },
      });
    },
  });
};

/** Differences of the classes of one group and the reference: chart, then everything as a table. */
export const classesCard = (
  comparison: RunComparison,
  save: (request: SaveRequest) => void,
): HTMLElement | null => {
  const { reference, compared } = comparison;
  const all = compared.flatMap(({ group, difference }): Shown[] =>
    isDifference(difference) ? [{ group, difference }] : [],
  );
  const [first] = all;
  if (first === undefined) return null;
  const place = h('div', {});
  const show = (shown: Shown): void => {
    const { group, difference } = shown;
    const hidden = difference.classes.length - shownClasses(difference.classes).length;
    const caption = words(`comparison/section/${whatOf(reference)}`, {
      a: groupName(reference),
      b: groupName(group),
    });
    replace(
      place,
      figureOf(comparison, shown, save),
      hidden === 0
        ? null
        : h('p', { class: 'note' }, words('pages/compare/classes/hidden', { count: hidden })),
      h(
        'details',
        {},
        h('summary', {}, words('pages/compare/classes/table')),
        tableElement(classDifferencesTable(comparison, group, difference), caption),
      ),
    );
  };
  show(first);
  const choices = all.map(({ group }) => ({ value: group.key, label: groupName(group) }));
  const choice = dropdown(
    { label: words('pages/compare/choose'), value: first.group.key, choices },
    (key) => show(all.find(({ group }) => group.key === key) ?? first),
  );
  return card(
    words(`pages/compare/${whatOf(reference)}/title`, { a: reference.key }),
    {},
    all.length === 1 ? null : h('div', { class: 'controls' }, choice),
    place,
  );
};
