export function makePictureDatasets(folder: string): void;
