import type { Band } from '../profile/types';
import { say, words, type Locale } from '../words/say';
import { compareRuns } from './compare';
import { bandsSentence } from './facts';
import { bandName, footnotes, headline } from './headline';
import { classRows } from './classTable';
import { comparisonTable, integer, missing, score, type Table } from './tables';
import type { RunReport } from './types';

/** What a piece of terminal text stands for; the painter gives it a colour or leaves it. */
export type Paint = (kind: Band | 'better' | 'worse' | 'faint' | 'strong', text: string) => string;

const unpainted: Paint = (_, text) => text;

/** Terminal text without control characters: a class name must not move the cursor. */
export const plainText = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');

/** Columns a terminal gives to a text: East Asian wide letters take two. */
export const displayWidth = (text: string): number => {
  let width = 0;
  for (const letter of text) width += /\p{M}/u.test(letter) ? 0 : wide.test(letter) ? 2 : 1;
  return width;
};
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]|[\u{20000}-\u{3fffd}]/u;

/** Fills up with spaces to `width` columns. */
export const pad = (text: string, width: number, align: 'left' | 'right' = 'left'): string => {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? `${text}${space}` : `${space}${text}`;
};

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of `share` (0 … 1) of `width` columns, to an eighth; anything above 0 shows at least that. */
export const bar = (share: number, width: number): string => {
  const parts = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  const shown = share > 0 ? Math.max(1, parts) : 0;
  return '█'.repeat(Math.floor(shown / 8)) + (eighths[shown % 8] ?? '');
};

/** Lines of a table with aligned columns, two spaces apart. */
export const textTable = ({ columns, rows }: Table, paint: Paint = unpainted): string[] => {
  const cells = rows.map((row) => row.cells.map(({ text }) => plainText(text)));
  const widths = columns.map(({ label }, i) =>
    Math.max(displayWidth(label), ...cells.map((row) => displayWidth(row[i] ?? ''))),
  );
  const join = (texts: readonly string[], style: (text: string, i: number) => string): string =>
    texts
      .map((text, i) => style(pad(text, widths[i] ?? 0, columns[i]?.align ?? 'left'), i))
      .join('  ')
      .trimEnd();
  return [
    join(
      columns.map(({ label }) => label),
      (text) => paint('faint', text),
    ),
    ...rows.map(({ marked, cells: row }, r) =>
      join(cells[r] ?? [], (text, i) => {
        const tone = row[i]?.tone;
        if (tone !== undefined) return paint(tone, text);
        return marked ? paint('strong', text) : text;
      }),
    ),
  ];
};

/** The score of every class as two bars, plain beside the run, by falling training count. */
export const recallBars = (report: RunReport, paint: Paint = unpainted, width = 20): string[] => {
  const rows = classRows(report);
  const several = report.scores.multiLabel !== undefined;
  const label = (name: string): string => words(`report/column/${name}`);
  const names = rows.map(({ name }) => plainText(name));
  const nameWidth = Math.max(
    displayWidth(label(several ? 'label' : 'class')),
    ...names.map(displayWidth),
  );
  const one = (value: number | null, band: Band | null): string => {
    const drawn = pad(bar(value ?? 0, width), width);
    return `${band === null ? drawn : paint(band, drawn)} ${pad(score(value), 5)}`;
  };
  const withPlain = report.baseline !== null;
  const half = width + 6;
  const head = [
    pad(label(several ? 'label' : 'class'), nameWidth),
    pad(label('band'), 6),
    pad(label('train'), 7, 'right'),
    ...(withPlain ? [pad(label(several ? 'plainPrecision' : 'plainRecall'), half)] : []),
    label(several ? 'averagePrecision' : 'recall'),
  ].join('  ');
  return [
    paint('faint', head),
    ...rows.map(({ band, trainCount, plain, own }, i) => {
      const bandText = band === null ? missing : bandName(report.bands.scheme, band);
      return [
        pad(names[i] ?? '', nameWidth),
        pad(bandText, 6),
        pad(integer(trainCount), 7, 'right'),
        ...(withPlain ? [one(plain, null)] : []),
        one(own, band),
      ]
        .join('  ')
        .trimEnd();
    }),
  ];
};

/** A report for a terminal: the sentence, the comparison, recall per class as bars, the small print. */
export const toText = (
  reports: readonly [RunReport, ...RunReport[]],
  paint: Paint = unpainted,
  locale: Locale = 'en',
): string => {
  const comparison = compareRuns(reports);
  const one = reports.length === 1 ? reports[0] : null;
  const lines = [
    ...(one === null
      ? []
      : [
          paint('strong', plainText(one.title)),
          ...headline(one, locale).map((message) => plainText(say(message, locale))),
          '',
        ]),
    ...textTable(comparisonTable(comparison, one?.id ?? null, locale), paint),
    ...comparison.notes.map((note) => plainText(say(note, locale))),
    '',
    ...(one === null
      ? []
      : [
          ...recallBars(one, paint),
          '',
          paint('faint', bandsSentence(one, locale)),
          ...footnotes(one).map((message) => paint('faint', plainText(say(message, locale)))),
        ]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
};
