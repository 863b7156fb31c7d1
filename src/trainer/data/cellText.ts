const missingTexts: ReadonlySet<string> = new Set(['', 'na', 'n/a', 'nan', 'null', '?']);
const commaNumber = /^[+-]?\d+,\d+(?:e[+-]?\d+)?$/i;

const isMissing = (text: string): boolean =>
  text.length <= 4 && missingTexts.has(text.toLowerCase());

const numberOf = (text: string, decimalComma: boolean): number => {
  const value = Number(text);
  return Number.isNaN(value) && decimalComma && commaNumber.test(text)
    ? Number(text.replace(',', '.'))
    : value;
};

/** What the text of a cell stands for. */
export interface CellText {
  /** Without the blanks around it. */
  readonly text: string;
  /** The finite number it is; NaN for everything else. */
  readonly value: number;
  readonly isMissing: boolean;
}

/** Reads a cell: in training and in prediction alike. */
export const readCell = (cell: string, decimalComma: boolean): CellText => {
  const text = cell.trim();
  if (isMissing(text)) return { text, value: NaN, isMissing: true };
  const value = numberOf(text, decimalComma);
  return { text, value: Number.isFinite(value) ? value : NaN, isMissing: false };
};
