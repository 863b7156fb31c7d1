import type { Command } from '../command';
import { check } from './check';
import { compare } from './compare';
import { config } from './config';
import { exportCode } from './export';
import { inspect } from './inspect';
import { model } from './model';
import { posthoc } from './posthoc';
import { predict } from './predict';
import { preview } from './preview';
import { recommend } from './recommend';
import { report } from './report';
import { runs } from './runs';
import { samples } from './samples';
import { scan } from './scan';
import { split } from './split';
import { sweep } from './sweep';
import { train } from './train';

/** Every command, in the order of the flow. */
export const commands: readonly Command[] = [
  scan,
  samples,
  inspect,
  split,
  recommend,
  config,
  preview,
  train,
  sweep,
  runs,
  report,
  compare,
  posthoc,
  predict,
  model,
  exportCode,
  check,
];
