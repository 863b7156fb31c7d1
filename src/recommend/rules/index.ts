import type { Rule } from '../rule';
import { asymmetricLoss } from './asymmetricLoss';
import { calibratedTrees } from './calibratedTrees';
import { calibrateProbabilities } from './calibrateProbabilities';
import { classBalancedSampling } from './classBalancedSampling';
import { collectData } from './collectData';
import { decisionThresholds } from './decisionThresholds';
import { decoupledCrt } from './decoupledCrt';
import { dropEmptyClasses } from './dropEmptyClasses';
import { expertEnsemble } from './expertEnsemble';
import { fixLabels } from './fixLabels';
import { focalDetection } from './focalDetection';
import { frozenBackbone } from './frozenBackbone';
import { leaveAlone } from './leaveAlone';
import { logitAdjustedLoss } from './logitAdjustedLoss';
import { logitAdjustmentPosthoc } from './logitAdjustmentPosthoc';
import { perClassScores } from './perClassScores';
import { repeatFactor } from './repeatFactor';
import { squareRootSampling } from './squareRootSampling';

/** Every rule. Order is only the tie-break of equal ranks. */
export const rules: readonly Rule[] = [
  leaveAlone,
  logitAdjustmentPosthoc,
  logitAdjustedLoss,
  decoupledCrt,
  classBalancedSampling,
  squareRootSampling,
  collectData,
  frozenBackbone,
  dropEmptyClasses,
  calibratedTrees,
  decisionThresholds,
  calibrateProbabilities,
  repeatFactor,
  focalDetection,
  asymmetricLoss,
  perClassScores,
  fixLabels,
  expertEnsemble,
];
