// The table as Parquet, for DuckDB, pandas and the like, which read the types with the values.

import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Cell, Column, Table } from './table.ts';

const types = { text: 'STRING', number: 'DOUBLE', whole: 'INT64', truth: 'BOOLEAN' } as const;

/** The whole file. */
export const parquetOf = ({ columns, rows }: Table): Uint8Array =>
  new Uint8Array(parquetWriteBuffer({
    columnData: columns.map(({ name, type }: Column, index) => ({
      name,
      type: types[type],
      data: rows.map((row) => valueOf(row[index] ?? null, type)),
      nullable: type !== 'text',
    })),
  }));

const valueOf = (cell: Cell, type: Column['type']): Cell | bigint =>
  type === 'whole' && typeof cell === 'number' ? BigInt(cell) : cell;
