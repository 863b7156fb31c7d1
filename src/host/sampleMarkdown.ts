import type { SamplePlace } from '../dataset/inspect/types';

/** Address of a sample's file below a folder's address, and of the line where one is known. */
export const linkBelow =
  (base: string) =>
  ({ path, line }: SamplePlace): string => {
    const steps = path.split('/').map(encodeURIComponent).join('/');
    return `${base}/${steps}${line === undefined ? '' : `#L${line}`}`;
  };
