import type { AreaClass } from '../../types';

/** What one annotation file says of its picture. */
export interface Annotation {
  /** As written: a path from the annotation's folder, or a bare name; null where it says none. */
  readonly picture: string | null;
  /** One entry an object. */
  readonly labels: readonly string[];
  readonly areas: readonly AreaClass[];
  /** Whether any object is an outline and not a box. */
  readonly hasOutlines: boolean;
  /** Labels of the picture as a whole. */
  readonly flags: readonly string[];
}
