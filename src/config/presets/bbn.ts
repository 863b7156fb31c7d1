import { plainStageOf, scaledSteps } from './scaling';
import type { Preset } from './types';

/** Zhou et al., CVPR 2020: 200 epochs, rate × 0.01 at 120 and 160, warm-up 5. */
export const bbn: Preset = {
  id: 'bbn',
  images: true,
  apply: (plain) => {
    const stage = plainStageOf(plain);
    const { model } = plain;
    const residual =
      model.kind === 'resnet-8' || model.kind === 'resnet-20' || model.kind === 'resnet-32'
        ? { backbone: model.kind, width: model.width }
        : { backbone: 'resnet-8' as const, width: 16 };
    const steps = { whole: 200, drops: [120, 160], dropTo: 0.01, warmup: 5 };
    return {
      ...plain,
      model: { kind: 'bbn', ...residual, adaptor: 'parabolic-decay' },
      stages: [
        {
          ...stage,
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
