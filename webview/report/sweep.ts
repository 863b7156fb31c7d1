import { sweepNotes } from '../../src/report/sweep/render';
import { sweepTable } from '../../src/report/sweep/table';
import type { SweepReport } from '../../src/report/sweep/types';
import { say, words } from '../../src/words/say';
import { h } from '../ui/dom';
import { card } from '../ui/frame';
import { tableElement } from '../ui/table';

/** All recipes of a sweep and what is to be known beside them. */
export const sweepCard = (sweep: SweepReport, advised: string | null): HTMLElement => {
  const title = words('sweep/title');
  return card(
    title,
    { class: 'sweep' },
    tableElement(sweepTable(sweep), title),
    ...sweepNotes(sweep, 'en', advised).map((note) => h('p', { class: 'note' }, say(note))),
  );
};
