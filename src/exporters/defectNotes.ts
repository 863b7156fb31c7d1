import { defectsOf } from '../recommend/frameworkDefects';
import { say, words } from '../words/say';
import { commentLines } from './python';

/** What is known to go wrong in a framework, as comment lines. */
export const defectNotes = (framework: string): string =>
  defectsOf({ name: framework, version: null })
    .defects.map(({ what, instead, reference, versions }) =>
      commentLines(
        words('exporters/defect', { what: say(what), instead: say(instead), reference, versions }),
      ),
    )
    .join('\n');
