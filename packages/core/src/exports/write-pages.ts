import { type Cell, writeRows } from './write-rows.ts'

/** One query of some ten milliseconds, and a few hundred kilobytes of text. */
const rowsPerPage = 1_000

type Pages<Row> = {
  readonly header: readonly string[]
  /** The next `limit` rows after `after`; fewer than that are the last. */
  readonly read: (after: Row | undefined, limit: number) => Promise<readonly Row[]>
  readonly toCells: (row: Row) => readonly Cell[]
}

/** A file of CSV with its header, a page of rows at a time: whoever reads slowly makes no page wait in memory. */
export async function* writePages<Row>({ header, read, toCells }: Pages<Row>): AsyncGenerator<string> {
  yield writeRows([header])
  let after: Row | undefined
  for (;;) {
    const rows = await read(after, rowsPerPage)
    if (rows.length > 0) yield writeRows(rows.map(toCells))
    after = rows.at(-1)
    if (after === undefined || rows.length < rowsPerPage) return
  }
}
