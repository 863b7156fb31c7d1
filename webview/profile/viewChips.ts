import type { ProfileView } from '../../src/protocol/webview';
import { words } from '../../src/words/say';
import { h } from '../ui/dom';
import type { Thresholds } from './bands';

export interface ViewActions {
  readonly undoClasses: () => void;
  readonly resetBands: () => void;
}

const chip = (text: string, undo: string, onClick: () => void): HTMLElement =>
  h(
    'li',
    {},
    text,
    ' ',
    h(
      'button',
      {
        class: 'link',
        attributes: { type: 'button', 'aria-description': text },
        on: { click: onClick },
      },
      undo,
    ),
  );

/** What differs here from the data: classes left out or merged, bands that were moved. Nothing else. */
export const viewChips = (
  { ignored, merged }: ProfileView['choice'],
  thresholds: Thresholds | null,
  { undoClasses, resetBands }: ViewActions,
): HTMLElement | null => {
  const parts = [
    ...(ignored === 0 ? [] : [words('pages/view/ignored', { count: ignored })]),
    ...merged.map((one) => words('pages/view/merged', one)),
  ];
  const items = [
    ...(parts.length === 0 ? [] : [chip(parts.join(', '), words('pages/view/undo'), undoClasses)]),
    ...(thresholds === null
      ? []
      : [
          chip(
            words('pages/view/bands', { ...thresholds }),
            words('pages/view/reset-bands'),
            resetBands,
          ),
        ]),
  ];
  return items.length === 0
    ? null
    : h('ul', { class: 'chips view', attributes: { 'aria-label': words('pages/view') } }, ...items);
};
