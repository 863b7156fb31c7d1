import { modelFiles, type ExportedModel } from '../../config/exportedModel/types';
import { kerasModule } from './keras';
import { nodeModule, nodePackage } from './node';
import { modelReadme } from './readme';

/** The code and text that stand beside an exported model, by name of the file. */
export const modelCode = (model: ExportedModel): readonly (readonly [string, string])[] => [
  [modelFiles.readme, modelReadme(model)],
  [modelFiles.python, kerasModule(model)],
  [modelFiles.node, nodeModule(model)],
  [modelFiles.package, nodePackage(model)],
];
