import { words } from '../../src/words/say';
import { button } from '../ui/controls';
import { h, replace } from '../ui/dom';
import type { Selection } from './selection';

/** What can be done with classes that are selected, by name. */
export interface SelectionActions {
  readonly showFiles: (name: string) => void;
  readonly ignore: (names: readonly string[]) => void;
  readonly merge: (names: readonly string[]) => void;
}

/** Says how many classes are selected, and offers what can be done with them. */
export const selectionBar = (
  selection: Selection,
  nameAt: (place: number) => string,
  { showFiles, ignore, merge }: SelectionActions,
  clear: () => void,
): { readonly element: HTMLElement; show(): void } => {
  const names = (): readonly string[] => selection.places().map(nameAt);
  const count = h('span', { attributes: { 'aria-live': 'polite' } });
  const buttons = h('span', { class: 'actions' });
  const element = h('div', { class: 'selection', attributes: { hidden: true } }, count, buttons);
  const refuse = (when: boolean, code: string): { refused: string | null } => ({
    refused: when ? words(code) : null,
  });
  return {
    element,
    show: () => {
      const chosen = selection.count();
      element.hidden = chosen === 0;
      count.textContent = chosen === 0 ? '' : words('pages/selected', { count: chosen });
      if (chosen === 0) return;
      replace(
        buttons,
        button(
          words('pages/show-files'),
          () => showFiles(names()[0] ?? ''),
          refuse(chosen > 1, 'pages/show-files/one'),
        ),
        button(words('pages/ignore'), () => ignore(names())),
        button(words('pages/merge'), () => merge(names()), refuse(chosen < 2, 'pages/merge/two')),
        button(words('pages/select-none'), clear),
      );
    },
  };
};
