import * as z from 'zod/mini';
import { defineMethod } from '../method';
import { powerTraits } from './powerTraits';

/** The rarer the more often, n_max / n_j. Zhou et al., CVPR 2020, section 4.3: q = −1. */
export const reversed = defineMethod(z.strictObject({ kind: z.literal('reversed') }), () =>
  powerTraits(-1),
);
