/**
 * Edits that turn one word into another: insert, delete, replace, swap neighbours (optimal string
 * alignment). Compared without case. O(|a|·|b|).
 */
export const editDistance = (first: string, second: string): number => {
  const a = Array.from(first.toLowerCase());
  const b = Array.from(second.toLowerCase());
  let beforeLast: number[] = [];
  let last = b.map((_, j) => j);
  last.push(b.length);
  a.forEach((charA, i) => {
    const row = [i + 1];
    b.forEach((charB, j) => {
      const replace = (last[j] ?? 0) + (charA === charB ? 0 : 1);
      let best = Math.min(replace, (last[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1);
      if (i > 0 && j > 0 && charA === b[j - 1] && a[i - 1] === charB)
        best = Math.min(best, (beforeLast[j - 1] ?? 0) + 1);
      row.push(best);
    });
    beforeLast = last;
    last = row;
  });
  return last[b.length] ?? 0;
};

/** The known word nearest to what was written, or null when none is within a third of its length (at least 2 edits). */
export const nearest = (written: string, known: readonly string[]): string | null => {
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(written.length / 3)) + 1;
  for (const word of known) {
    const distance = editDistance(written, word);
    if (distance < bestDistance && distance < Math.max(word.length, written.length)) {
      best = word;
      bestDistance = distance;
    }
  }
  return best;
};
