import type { BenchData, KeptSetting } from '../../src/protocol/reportPage';
import { itemsNeededToTune } from '../../src/methods/posthoc';
import type { BenchSetting } from '../../src/report/bench/setting';
import { canTune, fewestItems, type BenchModel } from '../../src/report/bench/slide';
import { bandName } from '../../src/report/headline';
import { classFacts, score } from '../../src/report/tables';
import type { RunReport } from '../../src/report/types';
import { words } from '../../src/words/say';
import { h, replace } from '../ui/dom';
import { card } from '../ui/frame';
import type { SaveRequest } from '../ui/save';
import { tabs, type Tab } from '../ui/tabs';
import { classThresholdTab } from './benchClasses';
import { labelBench } from './benchLabels';
import { tauTab } from './benchTau';
import { thresholdTab } from './benchThreshold';

export interface BenchOptions {
  readonly save: (request: SaveRequest) => void;
  readonly keep: (setting: BenchSetting) => void;
}

/** The bench, and what it says when a setting was kept. */
export interface Bench {
  readonly element: HTMLElement;
  kept(kept: KeptSetting, written: BenchSetting): void;
}

const modelOf = (report: RunReport, data: BenchData): BenchModel => {
  const facts = classFacts(report);
  const { classNames } = report.dataset;
  return {
    classNames,
    trainCounts: report.trainCounts,
    trained: new Float64Array(data.trainedLogPrior),
    layer:
      data.layer === null
        ? null
        : {
            norms: new Float64Array(data.layer.norms),
            biases: new Float64Array(data.layer.biases),
          },
    logits: new Float32Array(data.logits),
    labels: new Int32Array(data.labels),
    assignment: classNames.map((name) => facts.get(name)?.band ?? 'medium'),
  };
};

const nameOf = (setting: BenchSetting): string =>
  words(`pages/bench/setting/${setting.kind}`, {
    ...('tau' in setting ? { tau: setting.tau } : {}),
    ...('threshold' in setting ? { threshold: setting.threshold } : {}),
  });

const same = (a: BenchSetting, b: BenchSetting): boolean =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

const keptSentence = (report: RunReport, kept: KeptSetting, written: BenchSetting): string => {
  if (!same(kept.setting, written))
    return words('pages/bench/kept-other', {
      setting: nameOf(written),
      first: nameOf(kept.setting),
    });
  const { scores } = kept;
  const setting = nameOf(kept.setting);
  if (scores === null) return words('pages/bench/kept-unscored', { setting });
  if (scores.microF1 !== undefined)
    return words('pages/bench/kept-labels', {
      setting,
      items: scores.samples,
      macro: score(scores.macroF1),
      micro: score(scores.microF1),
      exact: score(scores.accuracy),
      run: score(report.scores.macroF1),
    });
  const [low, high] = scores.balancedAccuracyInterval ?? [null, null];
  return words('pages/bench/kept', {
    setting,
    items: scores.samples,
    balanced: score(scores.balancedAccuracy),
    low: score(low),
    high: score(high),
    accuracy: score(scores.accuracy),
    fewName: bandName(report.bands.scheme, 'few'),
    few: score(scores.few.recall),
    worst: score(scores.worstClass?.recall ?? null),
    run: score(report.scores.balancedAccuracy),
  });
};

/** A tab a correction of items with one label, and what is to be said before them. */
const classTabs = (
  report: RunReport,
  data: BenchData,
  { save, keep }: BenchOptions,
): readonly (HTMLElement | null)[] => {
  const model = modelOf(report, data);
  const options = { report, model, save, keep };
  const all: readonly Tab[] = [
    {
      id: 'adjust',
      label: words('pages/bench/adjust'),
      open: () => tauTab('logit-adjustment', options),
    },
    ...(model.layer === null
      ? []
      : [
          {
            id: 'norm',
            label: words('pages/bench/norm'),
            open: () => tauTab('tau-norm', options),
          },
        ]),
    model.classNames.length === 2
      ? {
          id: 'threshold',
          label: words('pages/bench/threshold'),
          open: () => thresholdTab(options),
        }
      : {
          id: 'classes',
          label: words('pages/bench/classes'),
          open: () => classThresholdTab(options),
        },
  ];
  const few = canTune(model)
    ? null
    : h(
        'p',
        { class: 'note' },
        words('pages/bench/few', { count: fewestItems(model), needed: itemsNeededToTune }),
      );
  return [few, tabs(words('pages/bench/title'), all, 'adjust', () => undefined)];
};

/** Sliders over the saved validation scores, applied at once in the page. */
export const createBench = (
  report: RunReport,
  data: BenchData,
  { save, keep }: BenchOptions,
): Bench => {
  const several = report.scores.multiLabel !== undefined;
  const said = h('p', { class: 'kept', attributes: { 'aria-live': 'polite' } });
  const title = words('pages/bench/title');
  return {
    element: card(
      title,
      { class: 'bench' },
      h('p', { class: 'note' }, words('pages/bench/lead')),
      ...(several
        ? [labelBench(report, data, { save, keep })]
        : classTabs(report, data, { save, keep })),
      said,
    ),
    kept: (kept, written) => replace(said, keptSentence(report, kept, written)),
  };
};
