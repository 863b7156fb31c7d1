import type { Message } from '../common/errors';
import type { BandScheme } from '../profile/types';
import { words, type Locale } from '../words/say';
import { accuracyAsTrained, bandKeys, changeOf, isClear, mainScore } from './compare';
import type { RunReport } from './types';

/** Band name as the scheme calls it: thirds by rank are head / medium / tail, never many / few. */
export const bandName = (
  scheme: BandScheme,
  band: (typeof bandKeys)[number],
  locale: Locale = 'en',
): string => words(`report/band/${scheme === 'rank' ? 'rank' : 'count'}/${band}`, {}, locale);

/**
 * What happened, in at most four sentences. Without a baseline on this data no effect is stated,
 * and a difference that the test items cannot carry is not called a gain.
 */
export const headline = (report: RunReport, locale: Locale = 'en'): readonly Message[] => {
  const { scores, baseline, bands } = report;
  const { kind, value: after } = mainScore(scores);
  const family = kind === 'mAP' ? 'labels-' : '';
  if (after === null) return [{ code: 'report/headline/labels-none', params: {} }];
  if (baseline === null) return [{ code: `report/headline/${family}alone`, params: { after } }];
  const plain = baseline.scores;
  const before = mainScore(plain).value ?? 0;
  const direction = after > before ? 'rose' : 'fell';
  const code = `report/headline/${family}${isClear(scores, plain) ? direction : 'unclear'}`;
  const change = changeOf(scores, plain);
  const moves = bandKeys.flatMap((band): Message[] => {
    const points = Math.round((change[band] ?? 0) * 100);
    if (points === 0) return [];
    const name = bandName(bands.scheme, band, locale);
    const moved = points > 0 ? 'gained' : 'lost';
    return [
      {
        code: `report/headline/${family}${moved}`,
        params: { band: name, count: Math.abs(points) },
      },
    ];
  });
  const skewedPlain = accuracyAsTrained(plain);
  const skewedRun = accuracyAsTrained(scores);
  const skewed: Message[] =
    skewedPlain === null || skewedRun === null
      ? []
      : [
          {
            code: `report/headline/skewed-${skewedRun < skewedPlain ? 'plain' : 'run'}`,
            params: { plain: skewedPlain, run: skewedRun },
          },
        ];
  // Thresholds move decisions and leave every ranking as it is.
  const decisions: Message[] =
    kind === 'mAP' && Math.abs(scores.macroF1 - plain.macroF1) >= 0.0005
      ? [
          {
            code: 'report/headline/labels-f1',
            params: { before: plain.macroF1, after: scores.macroF1 },
          },
        ]
      : [];
  return [{ code, params: { before, after } }, ...moves, ...decisions, ...skewed];
};

/** Where the numbers come from, in sentences: the split, the seed, what was chosen and on what. */
export const footnotes = (report: RunReport): readonly Message[] => {
  const { scores, scoredSplit, seeds, posthoc, selectedOn, backend } = report;
  return [
    { code: `report/scored/${scoredSplit}`, params: { count: scores.samples } },
    { code: 'report/seeds', params: { count: seeds.length, seeds: seeds.map(String) } },
    ...(posthoc.tau === null
      ? []
      : [{ code: `report/tau/${selectedOn}`, params: { tau: posthoc.tau } }]),
    // Why a value was kept or chosen; a fixed one needs no second sentence.
    ...(posthoc.note === '' || posthoc.note === 'tau.fixed'
      ? []
      : [{ code: posthoc.note, params: {} }]),
    { code: 'report/backend', params: { backend } },
    ...(scores.multiLabel === undefined
      ? [{ code: 'report/interval', params: {} }]
      : [
          { code: 'report/labels', params: {} },
          { code: 'report/interval-labels', params: {} },
        ]),
  ];
};
