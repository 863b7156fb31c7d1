import { comparisonNotes, differenceSentences } from '../../src/report/comparison/sentences';
import { differencesTable, groupName, scoresTable } from '../../src/report/comparison/tables';
import type { RunComparison, RunGroup } from '../../src/report/comparison/types';
import { runCurvesFigure, type CurveKind } from '../../src/report/figures';
import type { Table } from '../../src/report/tables';
import { say, words } from '../../src/words/say';
import { button } from '../ui/controls';
import { h, type Child } from '../ui/dom';
import { figureElement } from '../ui/figure';
import { card } from '../ui/frame';
import type { SaveRequest } from '../ui/save';
import { tableElement } from '../ui/table';
import { tabs, type Tab } from '../ui/tabs';
import { classesCard } from './classes';

export interface CompareActions {
  readonly save: (request: SaveRequest) => void;
  readonly repeat: (run: string) => void;
  readonly openReport: (run: string) => void;
}

/** What the comparison came to, one paragraph a group. */
export const comparisonSentences = ({ reference, compared }: RunComparison): readonly string[] =>
  compared.map((one) =>
    differenceSentences(reference, one)
      .map((message) => say(message))
      .join(' '),
  );

const curvesCard = (
  groups: readonly RunGroup[],
  save: (request: SaveRequest) => void,
): HTMLElement => {
  const title = words('pages/compare/curves');
  const tab = (kind: CurveKind): Tab => ({
    id: kind,
    label: words(`pages/compare/curves/${kind}`),
    open: () =>
      figureElement({
        name: `curves-${kind}`,
        caption: words(`pages/compare/curves/${kind}`),
        height: 320,
        save,
        make: (size) => runCurvesFigure(groups, kind, size),
      }),
  });
  return card(
    title,
    {},
    tabs(title, [tab('validation'), tab('loss')], 'validation', () => undefined),
  );
};

/** Each group with what can be done with it. */
const groupsCard = (groups: readonly RunGroup[], actions: CompareActions): HTMLElement => {
  const described = (label: string, group: RunGroup, onClick: () => void): HTMLElement =>
    button(label, onClick, { describedBy: groupName(group) });
  return card(
    words('pages/compare/more'),
    {},
    h(
      'ul',
      { class: 'groups' },
      ...groups.map((group) => {
        const { id } = group.runs[0].report;
        return h(
          'li',
          {},
          h('span', { class: 'what' }, groupName(group)),
          described(words('pages/compare/open'), group, () => actions.openReport(id)),
          described(
            words(`pages/compare/repeat${group.runs.length < 3 ? '' : '-more'}`),
            group,
            () => actions.repeat(id),
          ),
        );
      }),
    ),
  );
};

const noBreak = '\u00a0';

/** Numbers break before an interval or a deviation, and nowhere else. */
const foldable = ({ columns, rows }: Table): Table => ({
  columns,
  rows: rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell, i) =>
      columns[i]?.align === 'right'
        ? { ...cell, text: cell.text.replaceAll(/ (?![[±])/g, noBreak) }
        : cell,
    ),
  })),
});

/** Sentences, scores, differences, classes and curves of runs against one of them. */
export const comparisonBody = (
  comparison: RunComparison,
  actions: CompareActions,
): readonly Child[] => {
  const { groups, reference } = comparison;
  const scores = words('comparison/section/scores');
  const differences = words('comparison/section/differences', { a: groupName(reference) });
  return [
    ...comparisonSentences(comparison).map((text) => h('p', { class: 'lead' }, text)),
    card(scores, { class: 'runs' }, tableElement(foldable(scoresTable(comparison)), scores)),
    card(
      differences,
      { class: 'runs' },
      tableElement(foldable(differencesTable(comparison)), differences),
      ...comparisonNotes(comparison).map((note) => h('p', { class: 'note' }, say(note))),
    ),
    classesCard(comparison, actions.save),
    curvesCard(groups, actions.save),
    groupsCard(groups, actions),
  ];
};
