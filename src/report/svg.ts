import { words, type Locale } from '../words/say';
import { thin, type Curves } from './curves';
import { integer, type ClassRow } from './tables';

/** Text safe between tags and inside quoted attributes; control characters are dropped. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const cut = (text: string, most: number): string => {
  const letters = Array.from(text);
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
};

const at = (value: number): string => String(Math.round(value * 10) / 10);

const frame = (width: number, height: number, name: string, inside: readonly string[]): string =>
  [
    `<svg class="chart" viewBox="0 0 ${width} ${at(height)}" role="img" aria-label="${escapeHtml(name)}">`,
    ...inside,
    '</svg>',
  ].join('\n');

const text = (x: number, y: number, anchor: 'start' | 'middle' | 'end', of: string): string =>
  `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}">${escapeHtml(of)}</text>`;

const line = (x1: number, y1: number, x2: number, y2: number, kind: string): string =>
  `<line class="${kind}" x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}"/>`;

/**
 * Recall of each class on [0, 1]: a filled dot for the run, a hollow one for plain training where
 * there is one, and the way between them. One line a class, in the order given.
 */
export const recallChart = (rows: readonly ClassRow[], locale: Locale = 'en'): string => {
  const [width, left, right, top, step] = [560, 130, 20, 8, 23];
  const bottom = top + rows.length * step;
  const x = (share: number): number => left + share * (width - left - right);
  const grid = [0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((share) => [
    line(x(share), top, x(share), bottom, 'grid'),
    text(x(share), bottom + 18, 'middle', share.toFixed(1)),
  ]);
  const marks = rows.flatMap(({ name, plain, recall, band }, i) => {
    const y = top + (i + 0.5) * step;
    const dot = (kind: string, share: number): string =>
      `<circle class="${kind}" cx="${at(x(share))}" cy="${at(y)}" r="5"/>`;
    return [
      text(left - 10, y + 4, 'end', cut(name, 18)),
      ...(plain === null || recall === null
        ? []
        : [line(x(plain), y, x(recall), y, recall < plain ? 'way worse' : 'way better')]),
      ...(recall === null ? [] : [dot(`run ${band ?? ''}`, recall)]),
      ...(plain === null ? [] : [dot('plain', plain)]),
    ];
  });
  return frame(width, bottom + 26, words('report/chart/recall', {}, locale), [...grid, ...marks]);
};

/** A round step that gives at most `most` intervals up to `top`. */
const niceStep = (top: number, most: number): number => {
  const raw = top / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw) ?? 10);
};

/** Training loss of the run and, where it was trained beside it, of plain training. */
export const lossChart = ({ recipe, baseline }: Curves, locale: Locale = 'en'): string => {
  const [width, height, left, right, top, bottom] = [560, 280, 46, 70, 12, 30];
  const drawn = [
    { kind: 'plain', name: words('report/chart/plain', {}, locale), points: thin(baseline, 240) },
    { kind: 'run', name: words('report/chart/thisRun', {}, locale), points: thin(recipe, 240) },
  ].filter(({ points }) => points.length > 1);
  const all = drawn.flatMap(({ points }) => points);
  const most = Math.max(1e-6, ...all.map(({ loss }) => loss));
  const last = Math.max(1, ...all.map(({ step }) => step));
  const x = (step: number): number => left + (step / last) * (width - left - right);
  const y = (loss: number): number => height - bottom - (loss / most) * (height - top - bottom);
  const ticks = niceStep(most, 5);
  const grid = Array.from({ length: Math.floor(most / ticks) + 1 }, (_, i) => i * ticks).flatMap(
    (loss) => [
      line(left, y(loss), width - right, y(loss), 'grid'),
      text(left - 8, y(loss) + 4, 'end', String(Number(loss.toPrecision(3)))),
    ],
  );
  const axis = [
    text(left, height - 8, 'start', '0'),
    text(
      width - right,
      height - 8,
      'end',
      `${words('report/chart/step', {}, locale)} ${integer(last)}`,
    ),
  ];
  // Two names at the same height are moved apart.
  const ends = drawn.map(({ points }) => y(points.at(-1)?.loss ?? 0));
  const apart = Math.abs((ends[0] ?? 0) - (ends[1] ?? 100)) < 14;
  const lines = drawn.flatMap(({ kind, name, points }, i) => [
    `<polyline class="curve ${kind}" points="${points
      .map(({ step, loss }) => `${at(x(step))},${at(y(loss))}`)
      .join(' ')}"/>`,
    text(
      width - right + 6,
      (ends[i] ?? 0) + 4 + (apart ? (i === ((ends[0] ?? 0) > (ends[1] ?? 0) ? 0 : 1) ? 7 : -7) : 0),
      'start',
      name,
    ),
  ]);
  return frame(width, height, words('report/chart/loss', {}, locale), [...grid, ...axis, ...lines]);
};
