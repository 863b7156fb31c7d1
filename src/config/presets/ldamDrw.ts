import { plainStageOf, scaledEpochs, scaledSteps } from './scaling';
import type { Preset } from './types';

/**
 * Cao et al., NeurIPS 2019: LDAM on cosines for 200 epochs, effective-number weights from 160 on,
 * rate × 0.01 at 160 and 180, warm-up 5.
 */
export const ldamDrw: Preset = {
  id: 'ldam-drw',
  images: false,
  apply: (plain) => {
    const stage = plainStageOf(plain);
    const { model } = plain;
    const steps = { whole: 200, drops: [160, 180], dropTo: 0.01, warmup: 5 };
    return {
      ...plain,
      model: model.kind === 'bbn' ? model : { ...model, classifier: { kind: 'cosine', scale: 30 } },
      stages: [
        {
          ...stage,
          loss: { kind: 'ldam', maxMargin: 0.5 },
          weights: {
            kind: 'effective-number',
            beta: 0.9999,
            normalisation: 'class-mean',
            reduction: 'weighted-mean',
          },
          switchAt: Math.min(stage.epochs - 1, scaledEpochs(stage.epochs, 160, 200)),
          optimizer: {
            ...stage.optimizer,
            ...{ nesterov: false, weightDecay: 2e-4 },
            ...scaledSteps(stage.epochs, steps),
          },
        },
      ],
    };
  },
};
