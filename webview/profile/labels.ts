import type { ProfileFacts } from '../../src/profile/classRows';
import { labelTables } from '../../src/report/labelTables';
import { card } from '../ui/frame';
import { tableElement } from '../ui/table';

/** Tables of label sets or objects, a card each; none where a sample has one label. */
export const labelCards = (profile: ProfileFacts): readonly HTMLElement[] =>
  labelTables(profile).map(({ title, table }) =>
    card(title, { class: 'facts' }, tableElement(table, title)),
  );
