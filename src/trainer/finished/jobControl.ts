import type { ExportedModel } from '../../config/exportedModel/types';
import type { RebalanceConfig } from '../../config/schema';
import type { ItemKind, PredictedItem } from '../../protocol/modelJob';

/** What the process around a prediction gives it. */
export interface JobControl {
  readonly shouldStop: () => boolean;
  /** Folder of this bundle: decoder and partner lie beside it. */
  readonly bundleFolder: string;
  readonly backend: RebalanceConfig['backend'];
  readonly onOpened: (model: ExportedModel, items: ItemKind, total: number) => void;
  /** Resolves when the receiver wants more. */
  readonly onItems: (items: readonly PredictedItem[]) => Promise<void>;
}
