import type { ExportedModel, ModelInput } from '../../config/exportedModel/types';

/** What the code of an exported model takes: `frozen` are pictures for a network in the export. */
export type SampleKind = ModelInput['kind'] | 'frozen';

export const sampleKind = (input: ModelInput): SampleKind =>
  input.kind === 'features' && (input.network?.layers ?? null) !== null ? 'frozen' : input.kind;

/** Shape of what goes in, without the batch axis. */
export const shapeInto = ({ input, network }: ExportedModel): readonly number[] =>
  input.kind === 'features' && input.network !== null && input.network.layers !== null
    ? [input.network.height, input.network.width, 3]
    : network.inputShape;
