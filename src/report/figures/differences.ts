import { differenceRows, type DifferenceMark } from '../../charts/differences';
import { words } from '../../words/say';
import { bandName } from '../headline';
import { coversText, differenceText, probability } from '../comparison/tables';
import type { ClassDifference, GroupDifference, RunGroup } from '../comparison/types';
import { missing, score } from '../tables';
import { dataOf, number, type Figure, type FigureSize } from './figure';

export interface DifferencesQuestion {
  readonly reference: RunGroup;
  readonly group: RunGroup;
  readonly difference: GroupDifference;
}

/** More rows than this nobody reads; the most and the least frequent classes stand for all. */
const mostRows = 60;

/** The classes that are drawn: all, or the two ends of the order. */
export const shownClasses = <T>(classes: readonly T[]): readonly T[] =>
  classes.length <= mostRows
    ? classes
    : [...classes.slice(0, mostRows / 2), ...classes.slice(-mostRows / 2)];

const three = (value: number): string => value.toFixed(3);

const describe = (one: ClassDifference, { reference, group, difference }: DifferencesQuestion) =>
  words(`figures/differences/row${one.difference === null ? '-none' : ''}`, {
    name: one.name,
    train: one.trainCount,
    test: one.testCount,
    a: reference.key,
    b: group.key,
    before: rightText(one, 'before'),
    after: rightText(one, 'after'),
    difference: one.difference === null ? '' : differenceText(one.difference),
    covers: one.difference?.interval == null ? '' : ` (${coversText(difference)})`,
    p: probability(one.p),
  });

const rightText = (
  { counts, testCount, few, ...one }: ClassDifference,
  side: 'before' | 'after',
) => (few === null || counts === null ? score(one[side]) : `${counts[side]}/${testCount}`);

const noteOf = (one: ClassDifference): string => {
  if (one.difference === null) return missing;
  if (one.few === null)
    return differenceText({ ...one.difference, interval: null, deviation: null });
  return `${rightText(one, 'before')} → ${rightText(one, 'after')}`;
};

/** What the drawing says that the comparison's own sentences do not: who gained and lost the most. */
const sentenceOf = ({ reference, group, difference }: DifferencesQuestion): string => {
  const moved = difference.classes.flatMap(({ name, difference: of }) =>
    of === null || of.value === 0 ? [] : [{ name, value: of.value }],
  );
  const [most] = [...moved].sort((a, b) => b.value - a.value);
  const [least] = [...moved].sort((a, b) => a.value - b.value);
  const names = { a: reference.key, b: group.key };
  const part = (
    key: 'gain' | 'loss',
    one: (typeof moved)[number] | undefined,
  ): readonly string[] =>
    one === undefined || one.value > 0 !== (key === 'gain')
      ? []
      : [words(`figures/differences/${key}`, { ...names, name: one.name, change: change(one) })];
  const parts = [...part('gain', most), ...part('loss', least)];
  return [
    ...(parts.length === 0 ? [words('figures/differences/same', names)] : parts),
    ...(difference.covers === 'nothing' ? [] : [words('figures/differences/filled')]),
  ].join(' ');
};

const change = ({ value }: { readonly value: number }): string =>
  differenceText({ value, interval: null, deviation: null });

/**
 * What every class gained or lost, by falling training count: a dot with the interval of the
 * difference, filled where it is more than chance; of small classes how many were right.
 */
export const differencesFigure = (question: DifferencesQuestion, size: FigureSize): Figure => {
  const { reference, group, difference } = question;
  const sentence = sentenceOf(question);
  const { scheme } = reference.runs[0].report.bands;
  const marks = shownClasses(difference.classes).map((one): DifferenceMark => ({
    name: one.name,
    band: one.band,
    value: one.difference?.value ?? null,
    interval: one.difference?.interval ?? null,
    found: one.found,
    note: noteOf(one),
    description: describe(one, question),
  }));
  const svg = differenceRows(marks, {
    width: size.width,
    format: (value) => (value === 0 ? '0' : value.toFixed(Math.abs(value) < 0.1 ? 2 : 1)),
    sides: {
      below: words('figures/differences/side', { key: reference.key }),
      above: words('figures/differences/side', { key: group.key }),
    },
    description: sentence,
  });
  const data = dataOf(
    {
      class: number,
      band: number,
      samples: number,
      tested: number,
      before: three,
      after: three,
      difference: three,
      low: three,
      high: three,
      p: three,
      found: number,
    },
    difference.classes.map((one) => [
      one.name,
      one.band === null ? '' : bandName(scheme, one.band),
      one.trainCount,
      one.testCount,
      one.before ?? '',
      one.after ?? '',
      one.difference?.value ?? '',
      one.difference?.interval?.[0] ?? '',
      one.difference?.interval?.[1] ?? '',
      one.p ?? '',
      one.found ? '●' : '',
    ]),
  );
  return { svg, sentence, data };
};
