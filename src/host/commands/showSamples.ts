import { commandIds } from '../ids';
import { askForClass, browsePlaces, placesOfClass } from '../samplePlaces';
import { analysisFor } from '../targets';
import type { Command } from './command';

/** Lists the samples of a class: which one is opened is chosen there. */
export const showSamplesCommand: Command = {
  id: commandIds.showSamples,
  run: async (desk, argument, named) => {
    const analysis = await analysisFor(desk, argument);
    if (analysis === undefined) return;
    const name = typeof named === 'string' ? named : await askForClass(analysis);
    if (name !== undefined) browsePlaces(analysis, await placesOfClass(desk, analysis, name));
  },
};
