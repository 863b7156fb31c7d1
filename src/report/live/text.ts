import { words } from '../../words/say';
import { bandKeys } from '../compare';
import { bandName } from '../headline';
import { missing, score, signed, type Table, type TableRow } from '../tables';
import { bar, pad, plainText, textTable, type Paint } from '../text';
import { besideOf, isOfLabels, mainOf } from './beside';
import type { EvalEvent, FeaturesEvent, Progress, StepEvent } from './progress';

const clock = (seconds: number | null): string => {
  if (seconds === null) return missing;
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};

const percent = (share: number): string => `${Math.floor(share * 100)} %`;
const rate = (value: number): string => String(Number(value.toPrecision(3)));

const placeOf = ({ role, epochs }: Progress, { stage, epoch }: StepEvent): string =>
  words('live/place', {
    role: words(`live/role/${role}`),
    stage,
    epoch,
    epochs: epochs === 0 ? missing : epochs,
  });

const figuresOf = ({ backend }: Progress, step: StepEvent): string =>
  words('live/figures', {
    loss: step.loss.toFixed(3),
    rate: rate(step.learningRate),
    speed: Math.round(step.imagesPerSecond),
    left: clock(step.secondsLeft),
    backend: backend ?? missing,
  });

const featuresOf = ({ backend, done, total, imagesPerSecond, secondsLeft }: FeaturesEvent) =>
  words('live/features', {
    ...{ backend, done, total, speed: Math.round(imagesPerSecond) },
    left: clock(secondsLeft),
  });

const shareOf = ({ step, steps }: StepEvent): number => (steps === 0 ? 0 : step / steps);

/** Scores of the last evaluation on validation, the recipe's above the baseline's at the same step. */
const scoreTable = (progress: Progress): Table | null => {
  const { own, plain, sameStep } = besideOf(progress);
  if (own === null && plain === null) return null;
  const scheme = progress.classes?.scheme ?? 'count';
  const values = (one: EvalEvent): readonly (number | null)[] => [
    mainOf(one),
    ...bandKeys.map((band) => one.bands[band]),
  ];
  const row = (name: string, one: EvalEvent, marked: boolean): TableRow => ({
    marked,
    cells: [{ text: name }, ...values(one).map((value) => ({ text: score(value) }))],
  });
  const right = (key: string, label: string) => ({ key, label, align: 'right' as const });
  const main = isOfLabels(own ?? plain) ? 'mAP' : 'balanced';
  const before = plain === null ? [] : values(plain);
  return {
    columns: [
      { key: 'row', label: words('live/validation'), align: 'left' },
      right(main, words(`report/column/${main}`)),
      ...bandKeys.map((band) => right(band, bandName(scheme, band))),
    ],
    rows: [
      ...(own === null ? [] : [row(words('live/row/own'), own, true)]),
      ...(plain === null
        ? []
        : [row(words(`live/row/${sameStep ? 'plain' : 'plain-before'}`), plain, false)]),
      ...(own === null || plain === null
        ? []
        : [
            {
              marked: false,
              cells: [
                { text: words('live/row/change') },
                ...values(own).map((value, i) => {
                  const other = before[i] ?? null;
                  return signed(value === null || other === null ? null : value - other);
                }),
              ],
            },
          ]),
    ],
  };
};

const barWidth = 24;
const drawn = (share: number): string =>
  `${pad(bar(share, barWidth), barWidth)} ${pad(percent(share), 5, 'right')}`;

/** Where a run is, as lines of a terminal: place, figures, bands beside the baseline's. */
export const liveBlock = (progress: Progress, paint: Paint): readonly string[] => {
  const { features, step } = progress;
  if (features !== null) {
    const share = features.done / Math.max(1, features.total);
    return [`${drawn(share)}  ${plainText(featuresOf(features))}`];
  }
  if (step === null) return [];
  const table = scoreTable(progress);
  return [
    `${drawn(shareOf(step))}  ${plainText(placeOf(progress, step))}`,
    plainText(figuresOf(progress, step)),
    ...(table === null ? [] : textTable(table, paint)),
  ];
};

/** The same in one line, for a log; empty before there is anything to say. */
export const liveLine = (progress: Progress): string => {
  const { features, step } = progress;
  if (features !== null)
    return `${percent(features.done / Math.max(1, features.total))} ${featuresOf(features)}`;
  if (step === null) return '';
  const { own, plain } = besideOf(progress);
  const last = own ?? plain;
  const scheme = progress.classes?.scheme ?? 'count';
  const scores =
    last === null
      ? []
      : bandKeys.map((band) =>
          words(`live/band${own === null || plain === null ? '' : '-beside'}`, {
            band: bandName(scheme, band),
            value: score(last.bands[band]),
            plain: score(plain?.bands[band] ?? null),
          }),
        );
  const parts = [placeOf(progress, step), figuresOf(progress, step), ...scores];
  return plainText(`${percent(shareOf(step))} ${parts.join(' · ')}`);
};
