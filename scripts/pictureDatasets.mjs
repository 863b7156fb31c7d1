// Makes the datasets that the pictures in docs/profile.md show, beside the sample: the same bytes at
// every call. Counts and names are made up; only labels are written, no picture.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Numbers in [0, 1) from a seed: a linear congruence, good enough to scatter labels. */
const stream = (seed) => {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
};

const fruits = 'apple banana cherry fig grape lemon mango orange peach pear'.split(' ');

/** Ten classes, 600 pictures to train on and 100 to test each. */
const balanced = (folder) => {
  const rows = fruits.flatMap((name) =>
    Array.from({ length: 700 }, (_, i) => {
      const split = i < 600 ? 'train' : 'test';
      return `${name}/${String(i).padStart(4, '0')}.jpg,${name},${split}`;
    }),
  );
  mkdirSync(join(folder, 'fruits'), { recursive: true });
  writeFileSync(join(folder, 'fruits', 'labels.csv'), `image,label,split\n${rows.join('\n')}\n`);
};

const kinds =
  'red blue green white black brown small large old new round flat tall short wooden metal glass paper plastic stone striped plain open closed wet dry full empty toy garden kitchen'.split(
    ' ',
  );
const things =
  'chair table cup plate bottle lamp box bag clock book shoe hat coat boat car bicycle ball kite bench sign fence door window tree flower bird dog cat horse person bowl knife spoon basket mirror pillow blanket ladder bucket'.split(
    ' ',
  );

/**
 * 1,203 classes in 12,000 pictures, in LVIS's three groups: 405 in more than 100 pictures, 461 in
 * 11 to 100, 337 in at most 10. Things come in scenes, so that rare ones keep company.
 */
const objects = (folder) => {
  const next = stream(7);
  const [classes, pictures, scenes] = [1203, 12_000, 24];
  const names = Array.from(
    { length: classes },
    (_, i) => `${kinds[i % 31]} ${things[(Math.floor(i / 31) + (i % 31)) % things.length]}`,
  );
  const wanted = (rank) => {
    if (rank < 405) return Math.round(1500 * (102 / 1500) ** (rank / 404));
    if (rank < 866) return Math.round(100 * (11 / 100) ** ((rank - 405) / 460));
    return Math.max(1, Math.round(10 * (1 / 10) ** ((rank - 866) / 250)));
  };
  const inScene = Array.from({ length: scenes }, () => []);
  for (let id = 0; id < pictures; id++) inScene[Math.floor(next() * scenes)].push(id);
  const annotations = [];
  for (let rank = 0; rank < classes; rank++) {
    const own = inScene[(rank * 5) % scenes];
    const seen = new Set();
    while (seen.size < wanted(rank)) {
      const near = next() < (rank < 405 ? 0.45 : 0.8) && seen.size < own.length * 0.8;
      const image = near ? own[Math.floor(next() * own.length)] : Math.floor(next() * pictures);
      if (seen.has(image)) continue;
      seen.add(image);
      for (let copy = 0; copy === 0 || (copy < 9 && next() < 0.35); copy++) {
        const [width, height] = [8 + Math.round(next() * 160), 8 + Math.round(next() * 160)];
        annotations.push({
          id: annotations.length + 1,
          image_id: image,
          category_id: rank + 1,
          bbox: [1, 1, width, height],
          area: width * height,
        });
      }
    }
  }
  mkdirSync(join(folder, 'things'), { recursive: true });
  writeFileSync(
    join(folder, 'things', 'instances_train.json'),
    JSON.stringify({
      images: Array.from({ length: pictures }, (_, id) => ({
        id,
        file_name: `${String(id).padStart(12, '0')}.jpg`,
        width: 640,
        height: 480,
      })),
      annotations,
      categories: names.map((name, i) => ({ id: i + 1, name })),
    }),
  );
};

const beginnings = 'Al Be Ca Do Er Fa Gu Ha Il Ju Ka La Me No Op Pi Qui Ra Sa Te'.split(' ');
const endings = 'bus cus dia lus mia nax pis ria rus tis via xis'.split(' ');
const epithets =
  'agrestis albus alpinus arvensis borealis communis elegans fragilis fulvus grandis hirtus lacustris major maritimus minor montanus niger nobilis officinalis orientalis palustris parvus pratensis pulcher repens ruber sativus silvestris spinosus tenuis tinctorius vernus vulgaris'.split(
    ' ',
  );

/** 10,000 species by Zipf's law, from 3,000 pictures down to one, ten of each to test where there are. */
const species = (folder) => {
  const rows = [];
  for (let rank = 0; rank < 10_000; rank++) {
    const genus = `${beginnings[rank % 20]}${endings[Math.floor(rank / 20) % 12]}`;
    const middle = ['', 'na', 'so', 'te'][Math.floor(rank / 240) % 4];
    const epithet = epithets[(rank * 5 + Math.floor(rank / 960)) % 33];
    const name = `${genus.slice(0, -3)}${middle}${genus.slice(-3)} ${epithet}`;
    const train = Math.max(1, Math.round(3000 / (rank + 1) ** 0.85));
    const test = Math.min(10, Math.floor(train / 4));
    for (let i = 0; i < train + test; i++)
      rows.push(`${rank}/${i}.jpg,${name},${i < train ? 'train' : 'test'}`);
  }
  mkdirSync(join(folder, 'species'), { recursive: true });
  writeFileSync(join(folder, 'species', 'labels.csv'), `image,label,split\n${rows.join('\n')}\n`);
};

/** Writes `fruits`, `things` and `species` into a folder. */
export const makePictureDatasets = (folder) => {
  balanced(folder);
  objects(folder);
  species(folder);
};
