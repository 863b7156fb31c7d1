/** How a tag stands to an entity: outside, or first, inner, last or only token of one. */
type Place = 'O' | 'B' | 'I' | 'E' | 'S';

export interface Tag {
  readonly place: Place;
  /** '' for O, and for tags that name no type. */
  readonly type: string;
}

const places: Readonly<Record<string, Place>> = {
  B: 'B',
  I: 'I',
  M: 'I',
  E: 'E',
  L: 'E',
  S: 'S',
  U: 'S',
  W: 'S',
};

const outside: Tag = { place: 'O', type: '' };

/**
 * A tag of IOB, IOB2, BIOES, BILOU or BMEWO: a letter, and the type after a dash or an underscore
 * where there is one. Null for any other text.
 */
export const readTag = (text: string): Tag | null => {
  if (text === 'O') return outside;
  const place = places[text.charAt(0)];
  if (place === undefined) return null;
  if (text.length === 1) return { place, type: '' };
  const mark = text.charAt(1);
  return (mark === '-' || mark === '_') && text.length > 2 ? { place, type: text.slice(2) } : null;
};

/** A tag of files that write the bare type: neighbours of one type are one entity. */
export const bareTag = (text: string): Tag =>
  text === 'O' || text === '_' ? outside : { place: 'I', type: text };

/**
 * Finds where entities begin, one sentence after the other, as conlleval of CoNLL-2000 does for
 * every scheme at once: B and S always begin one; an inner or last token begins one where nothing
 * of its type is open before it. In IOB1 that is the rule, in IOB2 a mistake of the file.
 */
export class EntityStarts {
  /** Inner tokens that begin an entity, and B where I would have done in IOB1. */
  bare = 0;
  marked = 0;
  private open = false;
  private type = '';

  /** Forgets the sentence before. */
  reset(): void {
    this.open = false;
    this.type = '';
  }

  /** Whether an entity begins with this token of the sentence. */
  begins({ place, type }: Tag): boolean {
    const follows = this.open && this.type === type;
    const isFirst = place === 'B' || place === 'S';
    const begins = isFirst || ((place === 'I' || place === 'E') && !follows);
    if (place === 'B' && !follows) this.marked++;
    else if (begins && !isFirst) this.bare++;
    this.open = place === 'B' || place === 'I';
    this.type = type;
    return begins;
  }
}
