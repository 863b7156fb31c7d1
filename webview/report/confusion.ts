import type { TestQuery } from '../../src/protocol/reportPage';
import { dataCsv } from '../../src/report/csv';
import {
  confusionMatrixOf,
  confusionSums,
  largestConfusions,
  type Confused,
  type ConfusionMatrix,
} from '../../src/report/confusionMatrix';
import { integer, score } from '../../src/report/tables';
import type { RunReport } from '../../src/report/types';
import { words } from '../../src/words/say';
import { button } from '../ui/controls';
import { h } from '../ui/dom';
import { card } from '../ui/frame';
import type { SaveRequest } from '../ui/save';
import { matrixElement } from './matrix/element';

const listed = 20;

export interface ConfusionOptions {
  readonly save: (request: SaveRequest) => void;
  /** Lists test items in the card. */
  readonly open: (query: TestQuery, box: HTMLElement) => void;
}

const column = (key: string): string => words(`report/column/${key}`);

/** What the matrix shows, in one sentence. */
export const confusionSummary = ({ names, cells }: ConfusionMatrix): string => {
  const { items, right, pairs } = confusionSums(cells);
  const [worst] = largestConfusions(cells, 1);
  const all = words('pages/matrix/summary', {
    classes: names.length,
    count: items,
    right: items > 0 ? right / items : 0,
  });
  if (worst === undefined) return `${all} ${words('pages/matrix/summary-none')}`;
  const { row, count, share } = worst;
  const [truth = '', predicted = ''] = [names[row], names[worst.column]];
  return `${all} ${words('pages/matrix/summary-worst', { count: pairs, items: count, share, truth, predicted })}`;
};

/** The largest confusions as a table; a class opens its items. */
const confusionsTable = (
  { names }: ConfusionMatrix,
  found: readonly Confused[],
  open: (query: TestQuery) => void,
): HTMLElement => {
  const caption = words('report/section/confusionTop');
  const row = ({ row: from, column: to, count, share }: Confused): HTMLElement => {
    const [truth = '', predicted = ''] = [names[from], names[to]];
    const link = h(
      'button',
      {
        class: 'link',
        attributes: {
          type: 'button',
          'aria-label': words('pages/matrix/open', { truth, predicted }),
        },
        on: { click: () => open({ truth, predicted }) },
      },
      truth,
    );
    return h(
      'tr',
      {},
      h('th', { class: 'left', attributes: { scope: 'row' } }, link),
      h('td', { class: 'left' }, predicted),
      h('td', { class: 'right' }, integer(count)),
      h('td', { class: 'right' }, score(share)),
    );
  };
  const head = (key: string, align: string): HTMLElement =>
    h('th', { class: align, attributes: { scope: 'col' } }, column(key));
  return h(
    'div',
    { class: 'scroll tall', attributes: { tabindex: 0, role: 'region', 'aria-label': caption } },
    h(
      'table',
      {},
      h('caption', { class: 'hidden' }, caption),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          head('true', 'left'),
          head('predicted', 'left'),
          head('count', 'right'),
          head('share', 'right'),
        ),
      ),
      h('tbody', {}, ...found.map(row)),
    ),
  );
};

/** Every confusion as CSV. */
const csvOf = ({ names, cells }: ConfusionMatrix): string =>
  dataCsv({
    columns: ['true', 'predicted', 'count', 'share'].map((key) => ({
      label: column(key),
      show: String,
    })),
    rows: largestConfusions(cells, Infinity).map(({ row, column: to, count, share }) => [
      names[row] ?? '',
      names[to] ?? '',
      count,
      share,
    ]),
  });

/** The matrix, its twin as a table, and the items behind a cell; null with several labels an item. */
export const confusionCard = (
  report: RunReport,
  { save, open }: ConfusionOptions,
): HTMLElement | null => {
  const matrix = confusionMatrixOf(report);
  if (matrix === null) return null;
  const show = (query: TestQuery): void => open(query, box);
  const summary = confusionSummary(matrix);
  const drawn = matrixElement({ matrix, scheme: report.bands.scheme, summary, open: show });
  const savePng = (): void => {
    const content = drawn.canvas.toDataURL('image/png').replace(/^.*?,/, '');
    save({ name: 'confusion', format: 'png', content });
  };
  const box = card(
    words('report/section/confusion'),
    { class: 'confusion' },
    h('p', { class: 'note' }, summary),
    h(
      'div',
      { class: 'beside' },
      drawn.element,
      h(
        'div',
        {},
        h('h3', {}, words('report/section/confusionTop')),
        confusionsTable(matrix, largestConfusions(matrix.cells, listed), show),
        h(
          'div',
          { class: 'actions quiet' },
          button(words('pages/figure/save', { format: 'PNG' }), savePng),
          button(words('pages/figure/save', { format: 'CSV' }), () =>
            save({ name: 'confusion', format: 'csv', content: csvOf(matrix) }),
          ),
        ),
      ),
    ),
  );
  return box;
};
