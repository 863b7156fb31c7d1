/** Finds a name among a few by its bytes, without making a string. */
export class KeyTable {
  private readonly byLength: { readonly bytes: Uint8Array; readonly id: number }[][] = [];

  constructor(names: readonly string[]) {
    names.forEach((name, id) => {
      const bytes = Buffer.from(name);
      (this.byLength[bytes.length] ??= []).push({ bytes, id });
    });
  }

  /** Place among the names of bytes [start, end), -1 for another name. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const sameLength = this.byLength[end - start];
    if (sameLength === undefined) return -1;
    for (const name of sameLength) {
      let at = 0;
      while (at < name.bytes.length && name.bytes[at] === bytes[start + at]) at++;
      if (at === name.bytes.length) return name.id;
    }
    return -1;
  }
}
