import { createConfigFile, openText } from '../configFile';
import { commandIds } from '../ids';
import { shownAnalysisFor } from '../shownAnalysis';
import { chooseAdvice } from './advice';
import type { Command } from './command';

/** Writes `longtail.yaml` for a recipe, outside the dataset, and opens it. */
export const createConfigCommand: Command = {
  id: commandIds.createConfig,
  run: async (desk, argument, recipe) => {
    const analysis = await shownAnalysisFor(desk, argument);
    if (analysis === undefined) return;
    const advice = await chooseAdvice(analysis, recipe);
    if (advice === undefined) return;
    const uri = await createConfigFile(analysis, advice);
    if (uri !== undefined) await openText(uri);
  },
};
