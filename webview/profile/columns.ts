import type { ProfileFacts } from '../../src/profile/classRows';
import { expectedRepeats, samplingProbabilities } from '../../src/methods/sampling';
import { bandName } from '../../src/report/headline';
import { classColumns } from '../../src/report/labelTables';
import { words } from '../../src/words/say';
import { h } from '../ui/dom';
import type { SortValues } from './arrange';
import { swatch } from './chart';
import type { ClassRow, Classes } from './classes';
import { splitName } from './view';

/** A column of the class table. */
export interface Column {
  readonly key: string;
  readonly label: string;
  readonly align: 'left' | 'right';
  /** The same at every call, so that an order is kept. */
  readonly values: () => SortValues;
  readonly cell: (row: ClassRow) => HTMLElement | string;
}

const number = (value: number): string => words('pages/number', { value });

const shareBar = (row: ClassRow, largest: number): HTMLElement => {
  const fill = h('span', { class: `fill band-${row.band}` });
  fill.style.width = `${Math.max(1, (row.count / Math.max(1, largest)) * 100)}%`;
  return h(
    'span',
    { class: 'share' },
    h('span', { class: 'track', attributes: { 'aria-hidden': 'true' } }, fill),
    h('span', { class: 'percent' }, words('pages/percent', { percent: row.share * 100 })),
  );
};

/** How often a sample of each class is seen an epoch: as the data are, and under p_j ∝ n_j^q. */
const seenColumns = ({ dataset }: ProfileFacts, classes: Classes, q: number): Column[] => {
  if (dataset.task !== 'single-label') return [];
  const { counts, total } = classes;
  const kept: { seen?: Float64Array } = {};
  const seen = (): Float64Array =>
    (kept.seen ??= Float64Array.from(
      expectedRepeats(counts, samplingProbabilities(counts, q), total),
    ));
  const times = (row: ClassRow, value: number | undefined): string =>
    row.count > 0 ? words('pages/number/times', { value: value ?? 0 }) : '–';
  return [
    {
      key: 'seen-now',
      label: words('pages/column/seen-now'),
      align: 'right',
      values: () => counts,
      cell: (row) => times(row, 1),
    },
    {
      key: 'seen',
      label: words('pages/column/seen', { q }),
      align: 'right',
      values: seen,
      cell: (row) => times(row, seen()[row.place]),
    },
  ];
};

/** What a profile has to say of each class; `q` is what the sampler is set to. */
export const columnsOf = (
  profile: ProfileFacts,
  classes: Classes,
  q: number,
): readonly Column[] => {
  const { profiledSplit, bands } = profile;
  const { counts, order } = classes;
  const largest = counts[order[0] ?? 0] ?? 0;
  const others = Object.keys(profile.splits).filter((name) => name !== profiledSplit);
  const bySplit = (name: string): Column => ({
    key: `split:${name}`,
    label: splitName(name),
    align: 'right',
    values: () => classes.split(name),
    cell: ({ place }) => number(classes.split(name)[place] ?? 0),
  });
  return [
    {
      key: 'band',
      label: words('report/column/band'),
      align: 'left',
      values: () => classes.bands,
      cell: ({ band }) => h('span', { class: 'band' }, swatch(band), bandName(bands.scheme, band)),
    },
    {
      key: 'count',
      label: splitName(profiledSplit),
      align: 'right',
      values: () => counts,
      cell: ({ count }) => number(count),
    },
    ...(profiledSplit === 'all' && others.length < 2 ? [] : others.map(bySplit)),
    {
      key: 'share',
      label: words('pages/column/share', { split: splitName(profiledSplit) }),
      align: 'left',
      values: () => counts,
      cell: (row) => shareBar(row, largest),
    },
    ...seenColumns(profile, classes, q),
    ...classColumns(profile).map(({ key, label, align, rank, text }): Column => {
      const kept: { values?: Float64Array } = {};
      return {
        key: `labels:${key}`,
        label,
        align,
        values: () =>
          (kept.values ??= Float64Array.from({ length: classes.length }, (_, place) =>
            rank(place),
          )),
        cell: ({ place }) => text(place),
      };
    }),
  ];
};
