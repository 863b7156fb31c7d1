import type { Guess, PredictedItem } from '../../protocol/modelJob';
import { words } from '../../words/say';
import { csvCell } from '../csvCell';
import { pad, plainText } from '../text';
import { agrees, labelsOf } from './tally';

const classWidth = 24;

const truth = (value: boolean | null): string => (value === null ? '' : String(value));

/** A CSV with so many classes a line, most probable first. A header, then a line a picture. */
export const predictionCsv = (top: number) => ({
  header: [
    'path',
    'labels',
    ...Array.from({ length: top }, (_, i) => [`class_${i + 1}`, `probability_${i + 1}`]).flat(),
    'folder',
    'agrees',
  ].join(','),
  line: (item: PredictedItem): string => {
    if ('unreadable' in item) return '';
    const guesses: readonly (Guess | undefined)[] = Array.from(
      { length: top },
      (_, i) => item.guesses[i],
    );
    const cells = [
      item.path,
      labelsOf(item).join('|'),
      ...guesses.flatMap((one) => [one?.name ?? '', String(one?.probability ?? '')]),
      item.folder ?? '',
      truth(agrees(item)),
    ];
    return cells.map(csvCell).join(',');
  },
});

/** A line of JSON: path, labels, guesses, class of the folder, and whether it is that. */
export const predictionJson = (item: PredictedItem): string =>
  JSON.stringify(
    'unreadable' in item
      ? item
      : {
          path: item.path,
          labels: labelsOf(item),
          guesses: item.guesses,
          folder: item.folder,
          agrees: agrees(item),
        },
  );

const guessText = ({ name, probability, given }: Guess): string =>
  pad(`${given === true ? '* ' : ''}${plainText(name)} ${probability.toFixed(3)}`, classWidth);

/** A line for a terminal: classes with their probabilities, the path, and the folder it contradicts. */
export const predictionText = (item: PredictedItem): string => {
  if ('unreadable' in item) return '';
  const other =
    agrees(item) === false ? `  ${words('predicted/folder', { folder: item.folder ?? '' })}` : '';
  return `${item.guesses.map(guessText).join(' ')} ${plainText(item.path)}${plainText(other)}`;
};
