import { because, nothingToConfigure, type Rule } from '../rule';
import { balancedBelow } from '../situations';

/** Detectors: focal loss with the output bias at prior .01, or balanced softmax in its sigmoid form. */
export const focalDetection: Rule = {
  id: 'focal-detection',
  when: ({ situation, facts }) =>
    situation === 'detection' && facts.ratio >= balancedBelow ? 1 : null,
  because: because('focal-detection'),
  source: { paper: 'Lin et al., ICCV 2017; Ren et al., NeurIPS 2020', place: 'RetinaNet; LVIS' },
  expected: () => [
    { code: 'recommend/focal-detection/expected', params: { from: 23.7, to: 26.3 } },
  ],
  patch: nothingToConfigure,
};
