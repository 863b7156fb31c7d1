import { membersOf } from '../../dataset/classChoice';
import { listSamples } from '../../dataset/inspect/samplesClient';
import type { SamplePlace } from '../../dataset/inspect/types';
import type { FileAction, ToPage } from '../../protocol/webview';
import { placeText } from '../../report/places';
import type { Analysis } from '../datasets';
import type { Host } from '../host';
import { actOnPlace } from '../samplePlaces';

/** Files on a page of the list, and pictures read at once. */
const filesAtOnce = 24;

/** Lists the files of classes for one page, and does with them what the page asks for. */
export interface ClassFiles {
  list(analysis: Analysis, name: string, from: number): Promise<void>;
  pictures(analysis: Analysis, name: string, from: number): Promise<void>;
  act(analysis: Analysis, at: number, action: FileAction): Promise<void>;
}

export const createClassFiles = (
  { paths, datasets }: Pick<Host, 'paths' | 'datasets'>,
  post: (message: ToPage) => void,
): ClassFiles => {
  const listed = { from: 0, places: [] as readonly SamplePlace[] };
  const samples = (
    { root, indexPath }: Analysis,
    className: string,
    from: number,
    pictures: boolean,
  ): ReturnType<typeof listSamples> => {
    const members = membersOf(datasets.views.of(root).classes, className);
    const wanted = { className, members, from, limit: filesAtOnce };
    return listSamples(indexPath, wanted, paths.inspectWorker, pictures);
  };
  return {
    list: async (analysis, name, from) => {
      const { count, samples: places } = await samples(analysis, name, from, false);
      Object.assign(listed, { from, places });
      const files = places.map((place) => ({ text: placeText(place), split: place.split }));
      post({ kind: 'profile/files', class: name, from, count, files });
    },
    pictures: async (analysis, name, from) => {
      const { pictures = [] } = await samples(analysis, name, from, true);
      post({ kind: 'profile/pictures', class: name, from, pictures });
    },
    act: async (analysis, at, action) => {
      const place = listed.places[at - listed.from];
      if (place !== undefined) await actOnPlace(analysis, place, action);
    },
  };
};
