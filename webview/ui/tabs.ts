import { h, replace } from './dom';

export interface Tab {
  readonly id: string;
  readonly label: string;
  /** Makes what the tab shows, each time it is opened. */
  readonly open: () => HTMLElement;
}

/**
 * Several views of one thing, one shown at a time: arrows move between the tabs, one tab stop for
 * all (WAI-ARIA tabs, automatic activation). `name` says what they are views of.
 */
export const tabs = (
  name: string,
  all: readonly Tab[],
  chosen: string,
  onChoice: (id: string) => void,
): HTMLElement => {
  const panel = h('div', { class: 'tab-panel', attributes: { role: 'tabpanel' } });
  const state = { id: all.some(({ id }) => id === chosen) ? chosen : (all[0]?.id ?? '') };
  const buttons = all.map(({ id, label }) =>
    h(
      'button',
      {
        class: 'tab',
        attributes: { type: 'button', role: 'tab', id: `tab-${id}` },
        on: { click: () => choose(id) },
      },
      label,
    ),
  );
  const choose = (id: string): void => {
    state.id = id;
    all.forEach((tab, i) => {
      const mine = tab.id === id;
      buttons[i]?.setAttribute('aria-selected', String(mine));
      buttons[i]?.setAttribute('tabindex', mine ? '0' : '-1');
      if (!mine) return;
      panel.setAttribute('aria-labelledby', `tab-${id}`);
      replace(panel, tab.open());
    });
    onChoice(id);
  };
  const move = (to: number): void => {
    const at = (to + all.length) % all.length;
    const tab = all[at];
    if (tab === undefined) return;
    choose(tab.id);
    buttons[at]?.focus();
  };
  const list = h(
    'div',
    {
      class: 'tabs',
      attributes: { role: 'tablist', 'aria-label': name },
      on: {
        keydown: (event) => {
          const at = all.findIndex(({ id }) => id === state.id);
          const steps: Readonly<Record<string, number>> = {
            ArrowRight: at + 1,
            ArrowLeft: at - 1,
            Home: 0,
            End: all.length - 1,
          };
          const to = event instanceof KeyboardEvent ? steps[event.key] : undefined;
          if (to === undefined) return;
          event.preventDefault();
          move(to);
        },
      },
    },
    ...buttons,
  );
  choose(state.id);
  return h('div', {}, list, panel);
};
