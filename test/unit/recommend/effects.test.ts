import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { measuredSets, type MeasuredSet } from '../../../src/recommend/effects';
import { publishedRuns } from '../../../src/recommend/evidence';
import { ruleFactsOf } from '../../../src/recommend/facts';
import { expectedGain } from '../../../src/recommend/gain';
import { effectOf, otherEffects } from '../../../src/recommend/otherEffects';
import { cifarCounts, profileOf } from '../../support/configs';

/** Method and its row in docs/results.md. */
const rows: readonly (readonly [string, string])[] = [
  ['logit-adjustment-posthoc', 'post-hoc logit adjustment, τ 1'],
  ['logit-adjusted-loss', 'logit-adjusted loss, τ 1 (the same as balanced softmax)'],
  ['decoupled-crt', 'cRT'],
  ['class-balanced-sampling', 'class-balanced sampling from the start'],
  ['square-root-sampling', 'square-root sampling'],
  ['tau-norm', 'τ-norm, τ 1'],
  ['nearest-mean', 'nearest class mean, cosine'],
  ['lws', 'LWS'],
  ['vector-scaling', 'VS loss'],
  ['class-temperature', 'CDT'],
  ['ldam', 'LDAM, nothing deferred'],
  ['focal', 'focal loss, γ 2'],
  ['class-balanced-focal', 'class-balanced focal loss'],
  ['label-smoothing', 'label smoothing'],
  ['label-aware-smoothing', 'label-aware smoothing'],
  ['hard-examples', 'hard examples: the 70 % of a batch with the largest losses (OHEM)'],
  ['bias-from-prior', 'bias started at the log prior'],
  ['inverse', 'inverse-frequency weights from the start'],
  ['effective-number', 'effective-number weights from the start'],
  ['drw', 'cross-entropy, deferred effective-number weights (DRW)'],
  ['drs', 'cross-entropy, deferred class-balanced sampling (DRS)'],
  ['ldam-drw', 'LDAM-DRW'],
  ['class-aware', 'class-balanced in rounds, four of a class (class-aware)'],
  ['effective-number-sampling', 'effective-number sampling'],
  ['progressive', 'progressively balanced sampling'],
  ['repeat-factor', 'repeat-factor sampling'],
  ['over', 'random over-sampling to the largest class, as many steps'],
  [
    'under',
    'random under-sampling to the smallest class, another subset each epoch, as many steps',
  ],
  ['mixup', 'mixup'],
  ['manifold-mixup', 'manifold mixup (pooled features)'],
  ['remix', 'Remix'],
  ['tail-augmentation', 'tail augmentation, up to ten variants, as many steps'],
  ['mislas', 'MiSLAS: mixup, then label-aware smoothing on classifier and scale'],
  ['bag-of-tricks', 'Bag of Tricks: mixup, then class-balanced, then fine-tuned without mixup'],
  ['bbn', 'BBN'],
];

const sections: Readonly<Record<MeasuredSet, string>> = {
  cifar: 'CIFAR-10-LT, imbalance factor 100',
  frozen: 'CIFAR-10-LT on a frozen pretrained network',
  mnist100: 'MNIST-LT, imbalance factor 100',
  mnist500: 'MNIST-LT, imbalance factor 500',
};

/** Cells of the documented table, by row. */
const tableOf = (section: string): ReadonlyMap<string, readonly string[]> => {
  const text = readFileSync('docs/results.md', 'utf8').split(`## ${section}\n`)[1] ?? '';
  const lines = (text.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('|'));
  return new Map(
    lines.map((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      return [cells[1] ?? '', cells.slice(2)];
    }),
  );
};
const number = (text: string | undefined): number => Number((text ?? '').replace('−', '-'));

describe('effects', () => {
  it.each(Object.keys(sections) as MeasuredSet[])('are those of docs/results.md on %s', (set) => {
    const table = tableOf(sections[set]);
    for (const [id, name] of rows) {
      const gain = table.get(name)?.[6];
      const written = effectOf(id)?.[set];
      // A row that the document has on this set is in the table too.
      expect(written, `${id} on ${set}`).toBe(gain === undefined ? undefined : number(gain));
    }
  });

  it('quote the published ranges of the same document', () => {
    const table = tableOf(sections.cifar);
    for (const [id, name] of rows) {
      const cell = table.get(name)?.[9] ?? '';
      const [low, high = low] = cell === '' ? [] : cell.split(' … ').map(number);
      expect(effectOf(id)?.published, id).toEqual(low === undefined ? undefined : [low, high]);
    }
  });

  it('are of every method once', () => {
    expect(new Set(rows.map(([id]) => id)).size).toBe(rows.length);
    for (const id of Object.keys(otherEffects)) expect(rows.map(([own]) => own)).toContain(id);
  });
});

describe('the expected gain', () => {
  it('weighs every set by how alike it is', () => {
    // Class-balanced sampling on ten classes at ratio 100: published on CIFAR-10-LT (gains 0.19,
    // 0.4 and 0.5, median 0.4, distance 0) and CIFAR-100-LT (−4.88, distance ln 10), measured on
    // CIFAR-10-LT (13.1, distance 0).
    const facts = ruleFactsOf(profileOf({ counts: cifarCounts }));
    const far = 1 / (1 + Math.log(10));
    const gain = expectedGain('class-balanced-sampling', facts);
    expect(gain?.points).toBeCloseTo((0.4 + 13.1 - 4.88 * far) / (2 + far), 10);
    expect(gain?.sets.slice(0, 2)).toEqual(['CIFAR-10-LT, ratio 100', measuredSets.cifar.name]);
    expect(expectedGain('collect-data', facts)).toBeNull();
  });

  it('falls below zero where full balance was measured to lose', () => {
    const counts = Array.from({ length: 400 }, (_, i) => Math.round(500 * 100 ** (-i / 399)));
    const facts = ruleFactsOf(profileOf({ counts }));
    const gain = (id: string) => expectedGain(id, facts)?.points ?? NaN;
    expect(gain('class-balanced-sampling')).toBeLessThan(gain('logit-adjusted-loss') - 2);
    expect(publishedRuns.some(({ set }) => set === 'CIFAR-100-LT, ratio 100')).toBe(true);
  });
});
