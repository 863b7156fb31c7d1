import type { Template } from '../say';

/** What the scanner says of objects in pictures. */
export const objects: Readonly<Record<string, Template>> = {
  'dataset/background': {
    one: '{count} picture has no object: background.',
    other: '{count} pictures have no object: background.',
  },
  'dataset/ids-without-name': {
    one: '{count} class number has no name and is shown as number: {names}.',
    other: '{count} class numbers have no name and are shown as numbers: {names}.',
  },
  'dataset/coco-crowds': {
    one: '{count} crowd region of {path} is no single object and is not counted.',
    other: '{count} crowd regions of {path} are no single objects and are not counted.',
  },
  'dataset/coco-incomplete': {
    one: '{count} record of {path} lacks an id, image or category and was left out.',
    other: '{count} records of {path} lack an id, image or category and were left out.',
  },
  'dataset/coco-repeated-ids': {
    one: '{count} id occurs again in {path}. Its objects are all counted; COCO tools keep one.',
    other: '{count} ids occur again in {path}. Their objects are all counted; COCO tools keep one.',
  },
  'dataset/coco-captions':
    '{path} holds captions, no categories: there are no classes to count. Choose the file of instances.',
  'dataset/coco-frequency':
    'The images of these classes in {path} do not fit the frequency (r, c, f) it states: {names}.',
  'dataset/coco-no-image': {
    one: '{count} object of {path} belongs to no image of its list and was left out.',
    other: '{count} objects of {path} belong to no image of its list and were left out.',
  },
  'dataset/coco-parent': 'Unused parent classes were left out: {names}.',
  'dataset/labels-negative': {
    one: '{count} label of {path} says that a class is absent and is not counted.',
    other: '{count} labels of {path} say that a class is absent and are not counted.',
  },
  'dataset/pictures-absent': {
    one: '{count} picture of {path} is not here and was left out.',
    other: '{count} pictures of {path} are not here and were left out.',
  },
  'dataset/pictures-apart': {
    one: 'Rows of {count} picture may stand far apart in {path}: it counts more than once. Sort the file by picture.',
    other:
      'Rows of {count} pictures may stand far apart in {path}: they count more than once. Sort the file by picture.',
  },
  'dataset/yolo-places': {
    one: '{path} names a folder or list that is not there: {names}. Put it into the dataset or correct {path}.',
    other:
      '{path} names {count} folders or lists that are not there: {names}. Put them into the dataset or correct {path}.',
  },
  'dataset/yolo-rows': {
    one: '{count} label file has rows that cannot be read and are not counted: {names}.',
    other: '{count} label files have rows that cannot be read and are not counted: {names}.',
  },
  'dataset/yolo-repeated': {
    one: '{count} row stands twice in its file and is counted once.',
    other: '{count} rows stand twice in their files and are counted once.',
  },
  'dataset/yolo-nine': {
    one: '{count} row of a class and 8 numbers may be a turned box or a polygon: it is counted as an object.',
    other:
      '{count} rows of a class and 8 numbers may be turned boxes or polygons: they are counted as objects.',
  },
  'dataset/voc-damaged': {
    one: '{count} annotation cannot be read or is cut short: {names}.',
    other: '{count} annotations cannot be read or are cut short: {names}.',
  },
  'dataset/voc-difficult': {
    one: '{count} object marked difficult is not counted.',
    other: '{count} objects marked difficult are not counted.',
  },
  'dataset/kitti-dont-care': {
    one: '{count} region marked DontCare is no object and is not counted.',
    other: '{count} regions marked DontCare are no objects and are not counted.',
  },
  'dataset/boxes-invalid': {
    one: '{count} box of {path} is marked invalid or has no size and is not counted.',
    other: '{count} boxes of {path} are marked invalid or have no size and are not counted.',
  },
  'dataset/box-counts-differ': {
    one: '{count} picture of {path} has another number of boxes than the line before them says: those that are there count. Get the file again.',
    other:
      '{count} pictures of {path} have another number of boxes than the line before them says: those that are there count. Get the file again.',
  },
  'dataset/annotations-cut': {
    one: '{count} annotation file is damaged or cut short, and only what is whole is counted: {names}. Export it again.',
    other:
      '{count} annotation files are damaged or cut short, and only what is whole is counted: {names}. Export them again.',
  },
  'dataset/objects-untagged': {
    one: '{count} region of {path} has no tag and is not counted.',
    other: '{count} regions of {path} have no tag and are not counted.',
  },
  'dataset/pictures-unvisited': {
    one: '{count} picture of {path} was not visited in the tool yet and is left out.',
    other: '{count} pictures of {path} were not visited in the tool yet and are left out.',
  },
};
