/**
 * One tab stop for many things: arrows move it, Home and End jump, Escape gives the focus back to
 * `home`. Things are found by `data-…` numbers that count from 0.
 */
export const rove = (
  parent: Element,
  attribute: string,
  options: {
    readonly onFocus: (index: number) => void;
    readonly home: HTMLElement;
    /** Things in a row: up and down move by as many. */
    readonly across?: number;
  },
): void => {
  const items = [...parent.querySelectorAll<SVGElement>(`[${attribute}]`)];
  const go = (index: number): void => {
    const next = items[Math.min(items.length - 1, Math.max(0, index))];
    for (const item of items) item.setAttribute('tabindex', item === next ? '0' : '-1');
    next?.focus();
  };
  const { across = 1 } = options;
  const steps: Readonly<Record<string, (at: number) => number>> = {
    ArrowRight: (at) => at + 1,
    ArrowDown: (at) => (at + across < items.length ? at + across : at),
    ArrowLeft: (at) => at - 1,
    ArrowUp: (at) => (at >= across ? at - across : at),
    PageDown: (at) => at + 10,
    PageUp: (at) => at - 10,
    Home: () => 0,
    End: () => items.length - 1,
  };
  items.forEach((item, index) => {
    item.addEventListener('focus', () => options.onFocus(index));
    item.addEventListener('mouseenter', () => options.onFocus(index));
    item.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') options.home.focus();
      const step = steps[event.key];
      if (step === undefined) return;
      event.preventDefault();
      go(step(index));
    });
  });
};
