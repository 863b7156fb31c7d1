import { changesFigure } from '../../src/report/figures';
import type { ShownChanges } from '../../src/report/countChanges';
import { words } from '../../src/words/say';
import { button } from '../ui/controls';
import { h, replace } from '../ui/dom';
import { figureElement } from '../ui/figure';
import { card } from '../ui/frame';
import type { SaveRequest } from '../ui/save';

export interface Comparison {
  readonly element: HTMLElement;
  /** Shows what changed and moves there. */
  show(changes: ShownChanges): void;
}

/** Where a comparison of the classes stands once there is one; it is closed by its button. */
export const createComparison = (options: {
  readonly save: (request: SaveRequest) => void;
  readonly onClose: () => void;
}): Comparison => {
  const element = h('div', { attributes: { tabindex: -1 } });
  const close = (): void => {
    replace(element);
    options.onClose();
  };
  return {
    element,
    show: (changes) => {
      const { before, now } = changes;
      const title = words('compare/title', { before: before.title, now: now.title });
      replace(
        element,
        card(
          title,
          { class: 'comparison' },
          h(
            'ul',
            { class: 'legend dots' },
            h('li', { class: 'open' }, before.title),
            h('li', { class: 'filled' }, now.title),
          ),
          figureElement({
            name: 'comparison',
            caption: title,
            height: 0,
            save: options.save,
            make: (size) => changesFigure(changes, size),
          }),
          h('div', { class: 'actions quiet' }, button(words('compare/close'), close)),
        ),
      );
      element.scrollIntoView({ block: 'start' });
      element.focus({ preventScroll: true });
    },
  };
};
