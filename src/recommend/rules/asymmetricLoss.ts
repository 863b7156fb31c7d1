import { because, type Rule } from '../rule';
import { balancedBelow } from '../situations';

/** Several labels a sample: sigmoid losses that tame the many easy negatives; never a class-balanced softmax. */
export const asymmetricLoss: Rule = {
  id: 'asymmetric-loss',
  when: ({ situation, facts }) =>
    situation === 'multi-label' && facts.ratio >= balancedBelow ? 1 : null,
  because: because('asymmetric-loss'),
  source: {
    paper: 'Ridnik et al., ICCV 2021; Wu et al., ECCV 2020',
    place: 'ASL; DB loss, VOC-MLT',
  },
  expected: () => [
    { code: 'recommend/asymmetric-loss/expected', params: { voc: 78.94, coco: 53.55 } },
  ],
  extraTrainings: 1,
  patch: (_, plain) => ({
    stages: plain.stages.map((stage) => ({ ...stage, loss: { kind: 'asymmetric' } })),
  }),
};
