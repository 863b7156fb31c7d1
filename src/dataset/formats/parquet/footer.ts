import { parquetMetadata, parquetSchema } from 'hyparquet';
import type { CompressionCodec, ParquetType, SchemaTree } from 'hyparquet';
import type { FileSource, OpenFile } from '../../types';

const maxFooter = 256 * 1024 * 1024;

/** A column of values in the file: what nested columns come down to. */
export interface ParquetLeaf {
  /** As the file names it, joined by dots. */
  readonly key: string;
  /** Without the levels that only stand for lists. */
  readonly names: readonly string[];
  readonly type: ParquetType;
  /** Bytes of a value of fixed length. */
  readonly width: number;
  readonly isText: boolean;
  readonly maxDefinition: number;
  readonly maxRepetition: number;
}

/** One leaf's bytes in one row group. */
export interface ParquetChunk {
  readonly start: number;
  readonly end: number;
  readonly codec: CompressionCodec;
}

export interface ParquetGroup {
  readonly rows: number;
  /** By the leaf's key. */
  readonly chunks: ReadonlyMap<string, ParquetChunk>;
}

export interface ParquetFile {
  readonly file: OpenFile;
  readonly leaves: readonly ParquetLeaf[];
  readonly groups: readonly ParquetGroup[];
  readonly facts: ReadonlyMap<string, string>;
}

const isList = ({ element }: SchemaTree): boolean =>
  element.converted_type === 'LIST' || element.logical_type?.type === 'LIST';

/** The leaves below a node; `skip` levels below a list are only its grammar. */
const leavesOf = (
  node: SchemaTree,
  names: readonly string[],
  definition: number,
  repetition: number,
  skip: number,
): ParquetLeaf[] => {
  const { element, children, path } = node;
  const kind = element.repetition_type;
  const isRoot = path.length === 0;
  const own = isRoot || skip > 0 ? names : [...names, element.name];
  const def = definition + (isRoot || kind === undefined || kind === 'REQUIRED' ? 0 : 1);
  const rep = repetition + (!isRoot && kind === 'REPEATED' ? 1 : 0);
  if (children.length > 0) {
    const left = isList(node)
      ? children[0]?.children.length === 1
        ? 2
        : 1
      : Math.max(0, skip - 1);
    return children.flatMap((child) => leavesOf(child, own, def, rep, left));
  }
  if (element.type === undefined) return [];
  return [
    {
      key: path.join('.'),
      names: own,
      type: element.type,
      width: element.type_length ?? 0,
      isText: element.converted_type === 'UTF8' || element.logical_type?.type === 'STRING',
      maxDefinition: def,
      maxRepetition: rep,
    },
  ];
};

/**
 * Opens a Parquet file and reads its footer alone. Throws what the source and the library throw;
 * the caller closes `file`.
 */
export const openParquet = (source: FileSource, path: string): ParquetFile => {
  const file = source.open(path);
  try {
    const tail = file.read(Math.max(0, file.size - 8), 8);
    if (tail.length < 8 || Buffer.from(tail).toString('latin1', 4) !== 'PAR1')
      throw new Error('no Parquet footer');
    const length = new DataView(tail.buffer, tail.byteOffset, 8).getUint32(0, true);
    if (length > maxFooter || length + 12 > file.size) throw new Error('footer cut short');
    const metadata = parquetMetadata(
      Uint8Array.from(file.read(file.size - 8 - length, length + 8)),
      { geoparquet: false },
    );
    const groups = metadata.row_groups.map((group): ParquetGroup => {
      const chunks = new Map<string, ParquetChunk>();
      for (const { meta_data: meta } of group.columns) {
        if (meta === undefined) continue;
        const data = Number(meta.data_page_offset);
        const dictionary = Number(meta.dictionary_page_offset ?? 0);
        const start = dictionary > 0 && dictionary < data ? dictionary : data;
        const end = start + Number(meta.total_compressed_size);
        if (start >= 4 && end <= file.size)
          chunks.set(meta.path_in_schema.join('.'), { start, end, codec: meta.codec });
      }
      return { rows: Number(group.num_rows), chunks };
    });
    return {
      file,
      leaves: leavesOf(parquetSchema(metadata), [], 0, 0, 0),
      groups,
      facts: new Map(metadata.key_value_metadata?.map(({ key, value }) => [key, value ?? ''])),
    };
  } catch (error) {
    file.close();
    throw error;
  }
};
