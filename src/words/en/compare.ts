import type { Template } from '../say';

/** What a comparison of two splits, datasets or states says. */
export const compare: Readonly<Record<string, Template>> = {
  'compare/title': '{now} against {before}',
  'compare/equal': '{now} has the class shares of {before}.',
  'compare/fall': '{name} fell from {before} to {now}',
  'compare/fall-share': '{name} from {before%} to {now%}',
  'compare/falls-counts': {
    one: 'One class lost samples: {list}.',
    other: '{count} classes lost samples, most of all: {list}.',
  },
  'compare/falls-shares': {
    one: 'One class has a smaller share: {list}.',
    other: '{count} classes have a smaller share, most of all: {list}.',
  },
  'compare/gone': {
    one: 'One class of {before} is not in {now}: {list}.',
    other: '{count} classes of {before} are not in {now}, for instance {list}.',
  },
  'compare/new': {
    one: 'One class of {now} is not in {before}: {list}.',
    other: '{count} classes of {now} are not in {before}, for instance {list}.',
  },
  'compare/only-rises': 'No class lost samples.',
  'compare/distance': '{share%} of the labels would have to change class for equal shares.',
  'compare/row': '{name}: {before} in {beforeTitle}, {now} in {nowTitle}',
  'compare/from-to': '{before} → {now}',
  'compare/share-of': 'share of {title}',
  'compare/close': 'Close Comparison',
  'compare/more': {
    one: 'One more class is among the numbers.',
    other: '{count} more classes are among the numbers.',
  },
  'compare/more-some': '{count} more classes changed; the numbers have the first {shown}.',
  'compare/by-counts':
    'Rows are in the order of how many times a class has more or less than before.',
  'compare/by-shares':
    'Rows are in the order of how many times a class has more or less than its share lets expect.',
};
