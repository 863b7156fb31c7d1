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

/** Address of a sample's file, where a reader can follow one. */
export type PlaceLink = (place: SamplePlace) => string;

const placeLine = (place: SamplePlace, link?: PlaceLink): string =>
  `${link === undefined ? code(placeText(place)) : `[${code(placeText(place))}](<${link(place)}>)`} (${[
    place.split,
    ...place.labels,
  ]
    .filter((part) => part !== '')
    .map(code)
    .join(', ')})`;

const spreadLine = (measure: 'width' | 'height' | 'seconds', spread: Spread | null): string[] =>
  spread === null ? [] : [`- ${words(`inspection/spread/${measure}`, { ...spread })}`];

const sum = (count: number, sentence: string): string[] =>
  count === 0 ? [] : [`- ${words(sentence, { count })}`];

const overlapLines = (sentence: string, overlaps: readonly SplitOverlap[]): string[] =>
  overlaps.map(
    ({ from, to, samples: count, of }) =>
      `- ${words(sentence, { from: plainText(from), to: plainText(to), count, of, share: count / Math.max(1, of) })}`,
  );

const placeSection = (title: string, places: readonly SamplePlace[], link?: PlaceLink): string[] =>
  places.length === 0
    ? []
    : ['', `## ${words(title)}`, '', ...places.map((one) => `- ${placeLine(one, link)}`)];

const nearLeaks = ({ overlaps, compared }: NearTwins): string[] => [
  ...overlapLines('inspection/near/overlap', overlaps),
  ...(overlaps.length === 0 && compared > 0 ? [`- ${words('inspection/near/no-overlap')}`] : []),
];

const nearFacts = (near: NearTwins): string[] => [
  ...(near.pairs === 0
    ? []
    : [`- ${words('inspection/near/pairs', { count: near.pairs, samples: near.samples })}`]),
  ...sum(near.undecodable, 'inspection/near/undecodable'),
  ...sum(near.flat, 'inspection/near/flat'),
  ...sum(near.otherKinds, 'inspection/near/other-kinds'),
  ...sum(near.beyond, 'inspection/near/beyond'),
  `- ${words('inspection/near/compared', { count: near.compared, radius: near.radius })}`,
];

const nearSections = (
  { listed, pairs, undecodablePlaces, flatPlaces }: NearTwins,
  link?: PlaceLink,
): string[] => {
  const shown = listed.slice(0, shownGroups);
  return [
    ...(shown.length === 0 ? [] : ['', `## ${words('inspection/near/title')}`, '']),
    ...shown.map(
      ({ bits, places }, i) =>
        `${i + 1}. ${places.map((one) => placeLine(one, link)).join('; ')}, ${words('inspection/near/bits', { count: bits })}`,
    ),
    ...(pairs > shown.length
      ? ['', words('inspection/near/more', { count: pairs - shown.length })]
      : []),
    ...placeSection('inspection/near/undecodable-title', undecodablePlaces, link),
    ...placeSection('inspection/near/flat-title', flatPlaces, link),
  ];
};

/** What an inspection found as Markdown, the leak from training to test first. */
export const inspectionMarkdown = (
  { dataset, repeats, media, near }: Inspection,
  link?: PlaceLink,
): string => {
  const { compared, overlaps, groups, groupCount, repeated, pairsOverLabels } = repeats;
  const { empty, unreadable, unknown, examples } = media;
  const listed = groups.slice(0, shownGroups);
  const lines = [
    `# ${words('inspection/title', { root: plainText(dataset.root) })}`,
    '',
    ...overlapLines('inspection/overlap', overlaps),
    ...(overlaps.length === 0 && compared > 0 ? [`- ${words('inspection/no-overlap')}`] : []),
    ...(near === undefined ? [] : nearLeaks(near)),
    ...sum(pairsOverLabels, 'inspection/two-labels'),
    ...sum(near?.pairsOverLabels ?? 0, 'inspection/near/two-labels'),
    ...(groupCount === 0
      ? []
      : [`- ${words('inspection/repeated', { count: groupCount, samples: repeated })}`]),
    ...sum(empty, 'inspection/empty'),
    ...sum(unreadable, 'inspection/unreadable'),
    ...sum(unknown, 'inspection/unknown'),
    ...spreadLine('width', media.width),
    ...spreadLine('height', media.height),
    ...spreadLine('seconds', media.seconds),
    ...(near === undefined ? [] : nearFacts(near)),
    `- ${words('inspection/limits', { count: compared })}`,
    ...(near === undefined ? [`- ${words('inspection/not-decoded')}`] : []),
    '',
    ...(listed.length === 0 ? [] : [`## ${words('inspection/groups')}`, '']),
    ...listed.map(({ count, places }, i) => {
      const more = count - places.length;
      const rest = more === 0 ? [] : [words('inspection/more', { count: more })];
      return `${i + 1}. ${[...places.map((one) => placeLine(one, link)), ...rest].join('; ')}`;
    }),
    ...(groupCount > listed.length
      ? ['', words('inspection/more-groups', { count: groupCount - listed.length })]
      : []),
    ...placeSection('inspection/odd', examples, link),
    ...(near === undefined ? [] : nearSections(near, link)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
};
