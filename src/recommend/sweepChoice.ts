import { posthocSchema } from '../config/schema';
import type { Recommendation, Recommendations } from './types';

/** What each advice is called in a sweep; where the value of tau decides, a function of it. */
const inSweep: Readonly<Record<string, (item: Recommendation) => string>> = {
  'leave-alone': () => 'plain',
  'logit-adjustment-posthoc': ({ patch }) => {
    const read = posthocSchema.safeParse(patch?.['posthoc']);
    const auto = read.success && 'tau' in read.data && read.data.tau === 'auto';
    return auto ? 'logit-adjustment-auto' : 'logit-adjustment';
  },
  'decision-thresholds': () => 'thresholds',
  'decoupled-crt': () => 'crt',
};

/**
 * The recipe of a sweep that follows the advice: the first item that needs no other representation.
 * null where all of the advice does.
 */
export const sweepChoice = ({ items }: Recommendations): string | null => {
  for (const item of items) {
    const name = Object.hasOwn(inSweep, item.id) ? inSweep[item.id]?.(item) : undefined;
    if (name !== undefined) return name;
  }
  return null;
};
