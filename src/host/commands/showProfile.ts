import { commandIds } from '../ids';
import { analysisFor } from '../targets';
import type { Command } from './command';

/** Shows the profile of a dataset; scans it first where this window has not. */
export const showProfileCommand: Command = {
  id: commandIds.showProfile,
  run: async (desk, argument) => {
    const analysis = await analysisFor(desk, argument);
    if (analysis !== undefined) desk.profiles.show({ root: analysis.root });
  },
};
