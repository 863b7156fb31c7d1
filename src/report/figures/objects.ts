import { plot } from '../../charts/plot';
import { words } from '../../words/say';
import { number, dataOf, type Figure, type FigureSize } from './figure';

/** A class with the images that hold it and its objects in them. */
export interface ObjectClass {
  readonly name: string;
  readonly images: number;
  readonly objects: number;
}

/** More points than this hide each other. */
const mostPoints = 1500;
const mostRows = 240;

/**
 * Objects of each class against the images that hold it: far above the diagonal are classes whose
 * many objects stand in few images, which repeating images cannot spread.
 */
export const objectsFigure = (classes: readonly ObjectClass[], size: FigureSize): Figure => {
  const seen = classes
    .filter(({ images, objects }) => images > 0 && objects > 0)
    .sort((a, b) => b.objects / b.images - a.objects / a.images);
  const most = seen[0];
  const sentence =
    most === undefined
      ? words('figures/empty')
      : words('figures/objects/sentence', {
          name: most.name,
          objects: most.objects,
          images: most.images,
          each: most.objects / most.images,
        });
  const every = Math.ceil(seen.length / mostPoints);
  const drawn = seen.filter((_, i) => i % every === 0);
  const top = seen.reduce((largest, { images }) => Math.max(largest, images), 1);
  const svg = plot(
    [
      {
        kind: 'plain',
        name: words('figures/objects/one'),
        draw: 'line',
        points: [
          { x: 1, y: 1 },
          { x: top, y: top },
        ],
      },
      {
        kind: 'recipe',
        name: '',
        draw: 'points',
        points: drawn.map(({ images, objects }) => ({ x: images, y: objects })),
        titles: drawn.map((one) => words('figures/objects/point', { ...one })),
      },
    ],
    {
      ...size,
      x: { scale: 'log', from: 1, name: words('figures/objects/x'), format: number },
      y: { scale: 'log', from: 1, name: words('figures/objects/y'), format: number },
      description: sentence,
    },
  );
  const data = dataOf(
    { class: number, images: number, objects: number, each: number },
    seen
      .slice(0, mostRows)
      .map(({ name, images, objects }) => [name, images, objects, objects / images]),
  );
  return { svg, sentence, data };
};
