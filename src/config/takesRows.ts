import type { RebalanceConfig } from './schema';

/** Whether a model of a config takes rows or texts of a file, not pictures. */
export const takesRows = ({
  input,
  model,
}: {
  readonly input: Pick<RebalanceConfig['input'], 'kind'>;
  readonly model: RebalanceConfig['model'];
}): boolean =>
  input.kind !== 'image' || (model.kind === 'pretrained' && model.features !== undefined);
