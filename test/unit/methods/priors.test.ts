import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  biasInit,
  classPrior,
  effectivePrior,
  emptyClassMask,
  finiteOffsets,
  logPrior,
  priorEntropy,
  sigmoidBiasInit,
} from '../../../src/methods/priors';
import { samplingProbabilities } from '../../../src/methods/sampling';
import { softmaxRows } from '../../../src/methods/softmax';
import { classWeights } from '../../../src/methods/weights';
import { apart, cifar10, fullCounts, rounded, total } from './counts';

describe('class prior', () => {
  it('has its logs on CIFAR-10-LT', () => {
    expect(rounded(logPrior(cifar10).values, 4)).toEqual([
      -0.9087, -1.4206, -1.9326, -2.444, -2.9567, -3.4675, -3.9792, -4.4915, -5.0071, -5.5139,
    ]);
  });

  it('flags empty classes, and smoothing fills them', () => {
    expect([...logPrior([3, 0]).values]).toEqual([0, -Infinity]);
    expect(logPrior([3, 0]).empty).toEqual([false, true]);
    expect([...classPrior([3, 0], 1)]).toEqual([0.8, 0.2]);
    expect(logPrior([3, 0], 1).empty).toEqual([false, false]);
    expect([...finiteOffsets([-1, -Infinity])]).toEqual([-1, emptyClassMask]);
  });

  it('as bias makes the first prediction the prior and the first loss its entropy', () => {
    fc.assert(
      fc.property(fullCounts, (counts) => {
        const prior = classPrior(counts);
        const p = softmaxRows(biasInit(counts), counts.length);
        expect(apart(p, prior)).toBeLessThan(1e-12);
        const loss = -total(prior.map((own, j) => own * Math.log(p[j] ?? NaN)));
        expect(loss).toBeCloseTo(priorEntropy(prior), 10);
      }),
    );
  });

  it('of a sigmoid output is -log(C - 1) for C equal classes', () => {
    expect(sigmoidBiasInit(1 / 10)).toBeCloseTo(-Math.log(9), 12);
    expect(sigmoidBiasInit(0.01)).toBeCloseTo(-4.595, 3);
  });
});

describe('effective prior', () => {
  it('is the prior of plain training', () => {
    expect(apart(effectivePrior(cifar10), classPrior(cifar10))).toBeLessThan(1e-15);
  });

  it('is uniform after class-balanced draws, inverse weights or a tau-1 adjusted loss', () => {
    const even = cifar10.map(() => 0.1);
    const drawn = { samplingProbabilities: samplingProbabilities(cifar10, 0) };
    expect(apart(effectivePrior(cifar10, drawn), even)).toBeLessThan(1e-12);
    const weighted = { classWeights: classWeights('inverse', cifar10) };
    expect(apart(effectivePrior(cifar10, weighted), even)).toBeLessThan(1e-12);
    expect(apart(effectivePrior(cifar10, { adjustedTau: 1 }), even)).toBeLessThan(1e-12);
  });

  it('is corrected twice, to 1 / n, by balanced draws and inverse weights together', () => {
    const both = effectivePrior(cifar10, {
      samplingProbabilities: samplingProbabilities(cifar10, 0),
      classWeights: classWeights('inverse', cifar10),
    });
    expect(apart(both, samplingProbabilities(cifar10, -1))).toBeLessThan(1e-12);
  });

  it('counts copies, and is 0 for an empty class', () => {
    expect([...effectivePrior([6, 2, 0], { copies: [1, 3, 9] })]).toEqual([0.5, 0.5, 0]);
    expect([...effectivePrior([6, 2, 0], { adjustedTau: 1 })]).toEqual([0.5, 0.5, 0]);
  });
});
