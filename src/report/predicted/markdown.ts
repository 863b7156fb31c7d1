import type { ItemKind, PredictedItem } from '../../protocol/modelJob';
import { words } from '../../words/say';
import { escapeMarkdown, tableLines } from '../markdown';
import { missing, type Table } from '../tables';
import { agrees, labelsOf, type PredictionTally } from './tally';

/** What a page of predictions is about. */
export interface PredictionPage {
  readonly title: string;
  /** The picture, folder or file of rows that was asked for. */
  readonly place: string;
  readonly kind: ItemKind;
  readonly tally: PredictionTally;
  /** Those that are listed: others stand in the file alone. */
  readonly items: readonly PredictedItem[];
  /** Link to a file with all of them; null where there is none. */
  readonly file: string | null;
  /** The path of an item as it is shown. */
  readonly shown: (path: string) => string;
  /** Address of a picture. */
  readonly link: (path: string) => string;
}

const label = (key: string): string => words(`predicted/column/${key}`);
const column = (key: string, align: 'left' | 'right' = 'left') => ({
  key,
  label: label(key),
  align,
});

const share = (value: number | undefined): string =>
  value === undefined ? missing : `${(value * 100).toFixed(1)} %`;

const tableOf = ({ items, kind, tally, shown, link }: PredictionPage): Table => {
  const placed = tally.placed > 0;
  return {
    columns: [
      kind === 'pictures' ? column('picture') : column('row', 'right'),
      column('class'),
      column('probability', 'right'),
      column('next'),
      column('probability', 'right'),
      ...(placed ? [column('folder')] : []),
    ],
    rows: items.flatMap((item) => {
      if ('unreadable' in item) return [];
      const several = item.guesses[0]?.given !== undefined;
      const labels = labelsOf(item);
      const [first, ...others] = item.guesses;
      const next = several ? others.find(({ given }) => given === false) : others[0];
      const wrong = agrees(item) === false;
      return [
        {
          marked: wrong,
          cells: [
            item.row === undefined
              ? { text: shown(item.path), link: link(item.path) }
              : { text: String(item.row) },
            { text: labels.length === 0 ? missing : labels.join(', ') },
            { text: share(first?.probability) },
            { text: next?.name ?? missing },
            { text: share(next?.probability) },
            ...(placed
              ? [{ text: `${item.folder ?? missing}${wrong ? ` ${words('predicted/not')}` : ''}` }]
              : []),
          ],
        },
      ];
    }),
  };
};

const sentences = (page: PredictionPage): readonly string[] => {
  const { title, kind, tally, items, shown } = page;
  const { read, unreadable, placed, agreeing } = tally;
  const [only, ...others] = items.filter((item) => !('unreadable' in item));
  const readable = only === undefined ? 0 : 1 + others.length;
  const isOne = kind === 'pictures' && read === 1 && only !== undefined;
  const place = isOne ? shown(only.path) : page.place;
  return [
    words(`predicted/done-${kind}`, { title, place, count: read }),
    ...(placed === 0
      ? []
      : [words('predicted/agree', { agreeing, placed, share: agreeing / placed })]),
    ...(unreadable === 0 ? [] : [words(`predicted/unreadable-${kind}`, { count: unreadable })]),
    ...(readable < read
      ? [
          words(`predicted/first-${kind === 'pictures' ? kind : 'rows'}`, {
            shown: readable,
            count: read,
          }),
        ]
      : []),
  ];
};

/** Predictions as a page: what came out, a line an item, and what could not be read. */
export const predictionMarkdown = (page: PredictionPage): string => {
  const { title, items, kind, file, shown, link } = page;
  const unread = items.flatMap((item) =>
    'unreadable' in item
      ? [
          `- [${escapeMarkdown(shown(item.path))}](<${link(item.path)}>): ${escapeMarkdown(item.unreadable)}`,
        ]
      : [],
  );
  const table = tableOf(page);
  return [
    `# ${escapeMarkdown(words('predicted/title', { title }))}`,
    '',
    escapeMarkdown(sentences(page).join(' ')),
    '',
    ...(file === null ? [] : [`[${words('predicted/file')}](<${file}>)`, '']),
    ...(table.rows.length === 0 ? [] : [...tableLines(table), '']),
    ...(unread.length === 0 ? [] : [`## ${words(`predicted/unread-${kind}`)}`, '', ...unread, '']),
  ].join('\n');
};
