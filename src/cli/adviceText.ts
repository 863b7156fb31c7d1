import type { Recommendation, Recommendations } from '../recommend/types';
import { plainText, type Paint } from '../report/text';
import { say, words } from '../words/say';

/** Breaks a text into lines of at most `width`, at spaces. */
export const wrap = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
};

const itemLines = (
  item: Recommendation,
  place: number,
  { columns, paint }: { readonly columns: number; readonly paint: Paint },
): string[] => {
  const indent = '     ';
  const body = (text: string): string[] =>
    wrap(plainText(text), Math.min(columns, 100) - indent.length).map((line) => indent + line);
  const labelled = (name: string, text: string): string[] =>
    body(`${words(`cli/advice/${name}`)} ${text}`).map((line) => paint('faint', line));
  return [
    `${String(place).padStart(3)}. ${paint('strong', plainText(say(item.title)))}  ${paint('faint', `--recipe ${item.id}`)}`,
    ...body(say(item.reason)),
    ...item.expected.flatMap((message) => body(say(message))),
    ...labelled('cost', say(item.cost)),
    ...labelled('when-not', say(item.whenNot)),
    ...labelled('source', `${item.source.paper}, ${item.source.place}`),
    ...(item.patch === null ? [paint('faint', indent + words('cli/advice/nothing'))] : []),
    '',
  ];
};

/**
 * Advice for a terminal. Where the deployment was not answered the items are grouped by what they
 * assume, each group ranked for itself.
 */
export const adviceText = (
  { items }: Recommendations,
  options: { readonly columns: number; readonly paint: Paint },
): string => {
  const assumptions = [...new Set(items.map(({ assumes }) => assumes))];
  const lines = assumptions.flatMap((assumes) => [
    words(`cli/advice/assumes/${assumes}`),
    '',
    ...items
      .filter((item) => item.assumes === assumes)
      .flatMap((item, i) => itemLines(item, i + 1, options)),
  ]);
  return `${lines.join('\n').trimEnd()}\n`;
};
