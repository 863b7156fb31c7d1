import { dumbbell } from '../../charts/dumbbell';
import type { ClassChange } from '../../check/compareCounts';
import { words } from '../../words/say';
import { shareOf, type ShownChanges } from '../countChanges';
import { dataOf, number, percent, type Figure, type FigureSize } from './figure';

/** Rows that a drawing shows; the table has more. */
const mostRows = 24;

/**
 * Classes before and now on a logarithmic axis, the largest change first: an open circle before, a
 * filled one now. Of two states counts, of splits and datasets shares of the whole.
 */
export const changesFigure = (
  { by, before, now, classes, sentence, rest }: ShownChanges,
  { width }: FigureSize,
): Figure => {
  const sides = (one: ClassChange): readonly [number, number] =>
    by === 'counts'
      ? [one.before, one.now]
      : [shareOf(one.before, before.total), shareOf(one.now, now.total)];
  const show = by === 'counts' ? number : percent;
  const drawn = classes.slice(0, mostRows).map((one) => {
    const [was, is] = sides(one);
    const description = words('compare/row', {
      name: one.name,
      before: show(was),
      now: show(is),
      beforeTitle: before.title,
      nowTitle: now.title,
    });
    return {
      name: one.name,
      band: null,
      before: was,
      after: is,
      value: words('compare/from-to', { before: show(was), now: show(is) }),
      description,
    };
  });
  const more = classes.length + rest - drawn.length;
  const whole = [
    sentence,
    words(`compare/by-${by}`),
    ...(more === 0
      ? []
      : rest === 0
        ? [words('compare/more', { count: more })]
        : [words('compare/more-some', { count: more, shown: classes.length })]),
  ].join(' ');
  const columns = dataOf({ class: number }, []).columns;
  const side = (title: string) =>
    by === 'counts'
      ? [{ label: title, show: number }]
      : [
          { label: title, show: number },
          { label: words('compare/share-of', { title }), show: percent },
        ];
  return {
    svg: dumbbell(drawn, {
      width,
      format: show,
      description: whole,
      scale: 'log',
      walk: true,
    }),
    sentence: whole,
    data: {
      columns: [...columns, ...side(before.title), ...side(now.title)],
      rows: classes.map((one) => {
        const [was, is] = sides(one);
        return by === 'counts'
          ? [one.name, one.before, one.now]
          : [one.name, one.before, was, one.now, is];
      }),
    },
    walk: { across: 1 },
  };
};
