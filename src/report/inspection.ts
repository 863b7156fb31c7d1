import type { Inspection, SamplePlace, Spread } from '../dataset/inspect/types';
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

/** What an inspection found as Markdown, the leak from training to test first. */
export const inspectionMarkdown = ({ dataset, repeats, media }: Inspection): string => {
  const { compared, overlaps, groups, groupCount, repeated, pairsOverLabels } = repeats;
  const { empty, unreadable, unknown, examples } = media;
  const listed = groups.slice(0, shownGroups);
  const sum = (count: number, sentence: string): string[] =>
    count === 0 ? [] : [`- ${words(sentence, { count })}`];
  const lines = [
    `# ${words('inspect/title', { root: plainText(dataset.root) })}`,
    '',
    ...overlaps.map(
      ({ from, to, samples: count, of }) =>
        `- ${words('inspect/overlap', { from: plainText(from), to: plainText(to), count, of, share: count / Math.max(1, of) })}`,
    ),
    ...(overlaps.length === 0 && compared > 0 ? [`- ${words('inspect/no-overlap')}`] : []),
    ...sum(pairsOverLabels, 'inspect/two-labels'),
    ...(groupCount === 0
      ? []
      : [`- ${words('inspect/repeated', { count: groupCount, samples: repeated })}`]),
    ...sum(empty, 'inspect/empty'),
    ...sum(unreadable, 'inspect/unreadable'),
    ...sum(unknown, 'inspect/unknown'),
    ...spreadLine('width', media.width),
    ...spreadLine('height', media.height),
    ...spreadLine('seconds', media.seconds),
    `- ${words('inspect/limits', { count: compared })}`,
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
    ...(examples.length === 0
      ? []
      : ['', `## ${words('inspect/odd')}`, '', ...examples.map((one) => `- ${placeLine(one)}`)]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
};
