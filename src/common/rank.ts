/**
 * Order of classes by rank: the larger count first, of equal ones by name (code units), so that
 * every page and text calls the same class the smallest.
 */
export const byRank = (
  a: { readonly name: string; readonly count: number },
  b: { readonly name: string; readonly count: number },
): number => b.count - a.count || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
