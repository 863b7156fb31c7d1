import type {
  Inspection,
  NearTwins,
  SamplePlace,
  SplitOverlap,
  Spread,
} from '../dataset/inspect/types';
import { words } from '../words/say';
import { placeText } from './places';
import { plainText } from './text';

const shownGroups = 20;

const code = (text: string): string => `\`${plainText(text).replaceAll('`', 'ˋ')}\``;

const placeLine = (place: SamplePlace): string =>
  `${code(placeText(place))} (${[place.split, ...place.labels]
    .filter((part) => part !== '')
    .map(code)
    .join(', ')})`;

const spreadLine = (measure: 'width' | 'height' | 'seconds', spread: Spread | null): string[] =>
  spread === null ? [] : [`- ${words(`inspect/spread/${measure}`, { ...spread })}`];

const sum = (count: number, sentence: string): string[] =>
  count === 0 ? [] : [`- ${words(sentence, { count })}`];

const overlapLines = (sentence: string, overlaps: readonly SplitOverlap[]): string[] =>
  overlaps.map(
    ({ from, to, samples: count, of }) =>
      `- ${words(sentence, { from: plainText(from), to: plainText(to), count, of, share: count / Math.max(1, of) })}`,
  );

const placeSection = (title: string, places: readonly SamplePlace[]): string[] =>
  places.length === 0
    ? []
    : ['', `## ${words(title)}`, '', ...places.map((one) => `- ${placeLine(one)}`)];

const nearLeaks = ({ overlaps, compared }: NearTwins): string[] => [
  ...overlapLines('inspect/near/overlap', overlaps),
  ...(overlaps.length === 0 && compared > 0 ? [`- ${words('inspect/near/no-overlap')}`] : []),
];

const nearFacts = (near: NearTwins): string[] => [
  ...(near.pairs === 0
    ? []
    : [`- ${words('inspect/near/pairs', { count: near.pairs, samples: near.samples })}`]),
  ...sum(near.undecodable, 'inspect/near/undecodable'),
  ...sum(near.flat, 'inspect/near/flat'),
  ...sum(near.otherKinds, 'inspect/near/other-kinds'),
  ...sum(near.beyond, 'inspect/near/beyond'),
  `- ${words('inspect/near/compared', { count: near.compared, radius: near.radius })}`,
];

const nearSections = ({ listed, pairs, undecodablePlaces, flatPlaces }: NearTwins): string[] => {
  const shown = listed.slice(0, shownGroups);
  return [
    ...(shown.length === 0 ? [] : ['', `## ${words('inspect/near/title')}`, '']),
    ...shown.map(
      ({ bits, places }, i) =>
        `${i + 1}. ${places.map(placeLine).join('; ')}, ${words('inspect/near/bits', { count: bits })}`,
    ),
    ...(pairs > shown.length
      ? ['', words('inspect/near/more', { count: pairs - shown.length })]
      : []),
    ...placeSection('inspect/near/undecodable-title', undecodablePlaces),
    ...placeSection('inspect/near/flat-title', flatPlaces),
  ];
};

/** What an inspection found as Markdown, the leak from training to test first. */
export const inspectionMarkdown = ({ dataset, repeats, media, near }: Inspection): string => {
  const { compared, overlaps, groups, groupCount, repeated, pairsOverLabels } = repeats;
  const { empty, unreadable, unknown, examples } = media;
  const listed = groups.slice(0, shownGroups);
  const lines = [
    `# ${words('inspect/title', { root: plainText(dataset.root) })}`,
    '',
    ...overlapLines('inspect/overlap', overlaps),
    ...(overlaps.length === 0 && compared > 0 ? [`- ${words('inspect/no-overlap')}`] : []),
    ...(near === undefined ? [] : nearLeaks(near)),
    ...sum(pairsOverLabels, 'inspect/two-labels'),
    ...sum(near?.pairsOverLabels ?? 0, 'inspect/near/two-labels'),
    ...(groupCount === 0
      ? []
      : [`- ${words('inspect/repeated', { count: groupCount, samples: repeated })}`]),
    ...sum(empty, 'inspect/empty'),
    ...sum(unreadable, 'inspect/unreadable'),
    ...sum(unknown, 'inspect/unknown'),
    ...spreadLine('width', media.width),
    ...spreadLine('height', media.height),
    ...spreadLine('seconds', media.seconds),
    ...(near === undefined ? [] : nearFacts(near)),
    `- ${words('inspect/limits', { count: compared })}`,
    ...(near === undefined ? [`- ${words('inspect/not-decoded')}`] : []),
    '',
    ...(listed.length === 0 ? [] : [`## ${words('inspect/groups')}`, '']),
    ...listed.map(({ count, places }, i) => {
      const more = count - places.length;
      const rest = more === 0 ? [] : [words('inspect/more', { count: more })];
      return `${i + 1}. ${[...places.map(placeLine), ...rest].join('; ')}`;
    }),
    ...(groupCount > listed.length
      ? ['', words('inspect/more-groups', { count: groupCount - listed.length })]
      : []),
    ...placeSection('inspect/odd', examples),
    ...(near === undefined ? [] : nearSections(near)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
};
