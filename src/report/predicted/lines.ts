import type { Guess, ItemKind, PredictedItem } from '../../protocol/modelJob';
import { words } from '../../words/say';
import { csvCell } from '../csvCell';
import { pad, plainText } from '../text';
import { agrees, labelsOf } from './tally';

const classWidth = 24;

const truth = (value: boolean | null): string => (value === null ? '' : String(value));

/** A CSV with so many classes a line, most probable first. A header, then a line an item. */
export const predictionCsv = (top: number, items: ItemKind) => ({
  header: [
    'path',
    ...(items === 'pictures' ? [] : ['row']),
    'labels',
    ...Array.from({ length: top }, (_, i) => [`class_${i + 1}`, `probability_${i + 1}`]).flat(),
    ...(items === 'pictures' ? ['folder', 'agrees'] : []),
  ].join(','),
  line: (item: PredictedItem): string => {
    if ('unreadable' in item) return '';
    const guesses: readonly (Guess | undefined)[] = Array.from(
      { length: top },
      (_, i) => item.guesses[i],
    );
    const cells = [
      item.path,
      ...(items === 'pictures' ? [] : [String(item.row ?? '')]),
      labelsOf(item).join('|'),
      ...guesses.flatMap((one) => [one?.name ?? '', String(one?.probability ?? '')]),
      ...(items === 'pictures' ? [item.folder ?? '', truth(agrees(item))] : []),
    ];
    return cells.map(csvCell).join(',');
  },
});

/**
 * A line of JSON: path, labels, guesses; of a row its number, of a picture the class of its folder,
 * and whether it is that.
 */
export const predictionJson = (item: PredictedItem): string => {
  if ('unreadable' in item) return JSON.stringify(item);
  const { path, row, guesses, folder } = item;
  const own = { labels: labelsOf(item), guesses };
  return JSON.stringify(
    row === undefined ? { path, ...own, folder, agrees: agrees(item) } : { path, row, ...own },
  );
};

const guessText = ({ name, probability, given }: Guess): string =>
  pad(`${given === true ? '* ' : ''}${plainText(name)} ${probability.toFixed(3)}`, classWidth);

/** A line for a terminal: classes with their probabilities, path, row, or folder it contradicts. */
export const predictionText = (item: PredictedItem): string => {
  if ('unreadable' in item) return '';
  const other =
    agrees(item) === false ? `  ${words('predicted/folder', { folder: item.folder ?? '' })}` : '';
  const row = item.row === undefined ? '' : ` ${words('predicted/row', { row: String(item.row) })}`;
  return `${item.guesses.map(guessText).join(' ')} ${plainText(`${item.path}${row}${other}`)}`;
};
