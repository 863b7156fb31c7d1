import type { LongTailProfile } from '../../src/profile/types';
import { labelTables } from '../../src/report/labelTables';
import { card } from '../ui/frame';
import { tableElement } from '../ui/table';

/** Tables of label sets or objects, a card each; none where a sample has one label. */
export const labelCards = (profile: LongTailProfile): readonly HTMLElement[] =>
  labelTables(profile).map(({ title, table }) => card(title, {}, tableElement(table, title)));
