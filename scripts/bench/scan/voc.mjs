import fs from 'node:fs';
import path from 'node:path';

import { bareRead } from '../bareRead.mjs';
import { numbers } from '../numbers.mjs';

const files = 100_000;
const names = 20;

const objectOf = (random) => {
  const [x, y] = [1, 2].map(() => 1 + Math.floor(random() * 200));
  const [right, bottom] = [x, y].map((from) => from + 20 + Math.floor(random() * 200));
  return `\t<object>
\t\t<name>class ${Math.floor(names * random() ** 3)}</name>
\t\t<pose>Unspecified</pose>
\t\t<truncated>0</truncated>
\t\t<difficult>0</difficult>
\t\t<bndbox>
\t\t\t<xmin>${x}</xmin>
\t\t\t<ymin>${y}</ymin>
\t\t\t<xmax>${right}</xmax>
\t\t\t<ymax>${bottom}</ymax>
\t\t</bndbox>
\t</object>
`;
};

/** Annotations as the challenge wrote them, about two objects each, without the pictures. */
export const row = {
  work: 'VOC, 100,000 XML files',
  must: '≤ 2 s',
  prepare: (folder) => {
    const root = path.join(folder, 'VOC2012');
    if (fs.existsSync(root)) return root;
    const making = `${root}.part`;
    fs.rmSync(making, { recursive: true, force: true });
    const inside = path.join(making, 'Annotations');
    fs.mkdirSync(inside, { recursive: true });
    const random = numbers(6);
    for (let i = 0; i < files; i++) {
      const name = `2012_${String(i).padStart(6, '0')}`;
      const objects = Array.from({ length: 1 + Math.floor(random() * 3) }, () => objectOf(random));
      const xml = `<annotation>
\t<folder>VOC2012</folder>
\t<filename>${name}.jpg</filename>
\t<size>
\t\t<width>500</width>
\t\t<height>375</height>
\t\t<depth>3</depth>
\t</size>
\t<segmented>0</segmented>
${objects.join('')}</annotation>
`;
      fs.writeFileSync(path.join(inside, `${name}.xml`), xml);
    }
    fs.renameSync(making, root);
    return root;
  },
  peers: (root) => [bareRead([path.join(root, 'Annotations')], '.xml')],
};
