import type { LabelSetFacts, LongTailProfile, ObjectFacts } from '../profile/types';
import { words } from '../words/say';
import { integer, missing, type Table } from './tables';

export interface TitledTable {
  readonly title: string;
  readonly table: Table;
}

const number = (value: number | null): string =>
  value === null ? missing : words('labels/number', { value });

/** A row: key of the measure, its value, and the numbers its meaning names. */
type Fact = readonly [key: string, value: string, params?: Readonly<Record<string, number>>];

const factTable = (area: string, facts: readonly Fact[]): TitledTable => ({
  title: words(`labels/${area}/title`),
  table: {
    columns: (['measure', 'value', 'meaning'] as const).map((key) => ({
      key,
      label: words(`labels/column/${key}`),
      align: key === 'value' ? 'right' : 'left',
    })),
    rows: facts.map(([key, value, params]) => ({
      cells: [
        { text: words(`labels/${area}/${key.split('/')[0] ?? ''}`) },
        { text: value },
        { text: words(`labels/${area}/${key.includes('/') ? key : `${key}/meaning`}`, params) },
      ],
      marked: false,
    })),
  },
});

const pairTable = ({ pairs, pairsComplete }: LabelSetFacts, most: number): TitledTable => ({
  title: words(pairsComplete ? 'labels/pairs/title' : 'labels/pairs/title-some'),
  table: {
    columns: (['rare', 'frequent', 'together', 'share'] as const).map((key, i) => ({
      key,
      label: words(`labels/pairs/${key}`),
      align: i < 2 ? 'left' : 'right',
    })),
    rows: pairs.slice(0, most).map(({ rare, frequent, together, share }) => ({
      cells: [
        { text: rare },
        { text: frequent },
        { text: integer(together) },
        { text: words('labels/share', { share }) },
      ],
      marked: false,
    })),
  },
});

const setTable = (facts: LabelSetFacts): TitledTable =>
  factTable('sets', [
    ['cardinality', number(facts.cardinality), { density: facts.density }],
    [
      'distinct',
      integer(facts.distinctSets),
      { samples: facts.samples, unlabelled: facts.unlabelled },
    ],
    ['mean-imbalance', number(facts.meanImbalance)],
    ['cv-imbalance', number(facts.cvImbalance)],
    ['scumble', number(facts.scumble)],
    ['rare', integer(facts.rareLabels)],
  ]);

const objectTable = ({ images, objects, areas, groups, repeat }: ObjectFacts): TitledTable => {
  const sizes = (['small', 'medium', 'large', 'unknown'] as const).flatMap((key): Fact[] => {
    const count = areas?.[key] ?? 0;
    if (areas === undefined || (key === 'unknown' && count === 0)) return [];
    return [[key, integer(count), { share: count / objects }]];
  });
  const classes = (['rare', 'common', 'frequent', 'absent'] as const).flatMap((key): Fact[] =>
    key === 'absent' && groups.absent === 0 ? [] : [[key, integer(groups[key])]],
  );
  const { threshold, mean, largest } = repeat;
  return factTable('objects', [
    ['images', integer(images)],
    ['objects', integer(objects), { mean: objects / images }],
    ...sizes,
    ...classes,
    [
      repeat.images === 0 ? 'repeated/none' : 'repeated',
      integer(repeat.images),
      { threshold, mean, largest },
    ],
  ]);
};

/** What a profile says of label sets or objects; nothing where a sample has one label. */
export const labelTables = (
  { labelSets, objects }: Pick<LongTailProfile, 'labelSets' | 'objects'>,
  mostPairs = Infinity,
): readonly TitledTable[] => [
  ...(labelSets === undefined ? [] : [setTable(labelSets)]),
  ...(labelSets === undefined || labelSets.pairs.length === 0
    ? []
    : [pairTable(labelSets, mostPairs)]),
  ...(objects === undefined ? [] : [objectTable(objects)]),
];

/** A further column of a table of classes; classes by their place in the profile. */
export interface ClassColumn {
  readonly key: string;
  readonly label: string;
  readonly align: 'left' | 'right';
  readonly text: (place: number) => string;
  /** What to sort by; without a value below everything. */
  readonly rank: (place: number) => number;
}

const groups = ['rare', 'common', 'frequent'] as const;

/** Columns a class has besides its counts: IRLbl and SCUMBLE, or what is known of its objects. */
export const classColumns = ({
  labelSets,
  objects,
}: Pick<LongTailProfile, 'labelSets' | 'objects'>): readonly ClassColumn[] => {
  const of = (
    key: string,
    value: (place: number) => number | null | undefined,
    show: (value: number) => string = number,
  ): ClassColumn => ({
    key,
    label: words(`labels/class/${key}`),
    align: key === 'group' ? 'left' : 'right',
    text: (place) => {
      const own = value(place) ?? null;
      return own === null ? missing : show(own);
    },
    rank: (place) => value(place) ?? -1,
  });
  if (labelSets !== undefined)
    return [
      of('imbalance', (place) => labelSets.classes[place]?.imbalance),
      of('scumble', (place) => labelSets.classes[place]?.scumble),
    ];
  if (objects === undefined) return [];
  const { areas, classes } = objects;
  const groupOf = (place: number): number | null => {
    const group = classes[place]?.group ?? null;
    return group === null ? null : groups.indexOf(group);
  };
  return [
    of('images', (place) => classes[place]?.images, integer),
    ...(areas === undefined ? [] : (['small', 'medium', 'large'] as const)).map((size) =>
      of(size, (place) => classes[place]?.areas?.[size], integer),
    ),
    of('group', groupOf, (rank) => words(`labels/group/${groups[rank] ?? 'rare'}`)),
    of(
      'repeat',
      (place) => classes[place]?.repeat,
      (value) => words('labels/times', { value }),
    ),
  ];
};
