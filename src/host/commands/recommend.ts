import { commandIds } from '../ids';
import { analysisFor } from '../targets';
import type { Command } from './command';

/** Shows the profile with the focus on its advice. */
export const recommendCommand: Command = {
  id: commandIds.recommend,
  run: async (desk, argument) => {
    const analysis = await analysisFor(desk, argument);
    if (analysis === undefined) return;
    desk.profiles.show({ root: analysis.root, part: 'advice' });
  },
};
