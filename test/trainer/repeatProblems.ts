import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../src/common/random';
import type { Problems } from './repeatRuns';
import { writeTinyDataset } from './tinyDataset';

const table = (random: ReturnType<typeof createRandom>): string => {
  const rows = Array.from({ length: 180 }, (_, i) => {
    const own = i % 9 === 0 ? 'rare' : 'often';
    const number = random.nextNormal() + (own === 'rare' ? 2 : 0);
    const place = ['here', 'there', ''][random.nextInt(3)] ?? '';
    return `${random.nextInt(8) === 0 ? '' : number.toFixed(3)},${place},${own}`;
  });
  return `size,place,label\n${rows.join('\n')}\n`;
};

const severalLabels = (random: ReturnType<typeof createRandom>): string => {
  const shares = { rain: 0.5, wind: 0.3, snow: 0.15, fog: 0.1 };
  const rows = Array.from({ length: 220 }, () => {
    const own = Object.entries(shares).flatMap(([name, share]) =>
      random.nextFloat() < share ? [name] : [],
    );
    return `${random.nextNormal().toFixed(3)},${(random.nextNormal() + own.length).toFixed(3)},${own.join('|')}`;
  });
  return `a,b,label\n${rows.join('\n')}\n`;
};

const texts = (random: ReturnType<typeof createRandom>): string => {
  const common = 'the of and to in was for with that this from about'.split(' ');
  const rows = Array.from({ length: 120 }, (_, i) => {
    const topic = i % 8 === 0 ? 'space' : 'sport';
    const own = Array.from({ length: 12 }, () => common[random.nextInt(common.length)] ?? '');
    return `${[...own, topic === 'space' ? 'orbit' : 'team'].join(' ')},${topic}`;
  });
  return `body,label\n${rows.join('\n')}\n`;
};

/** Writes the small problems that every listed method is tried on. */
export const writeProblems = (root: string): Problems => {
  const { root: pictures } = writeTinyDataset(join(root, 'pictures'), { a: 72, b: 24, c: 8 });
  const write = (name: string, make: (random: ReturnType<typeof createRandom>) => string) => {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'data.csv'), make(createRandom(2, name)));
    return join(root, name);
  };
  return {
    pictures,
    table: write('table', table),
    labels: write('labels', severalLabels),
    texts: write('texts', texts),
  };
};
