import type { StaffContext } from '../context.ts'
import { requireStillActive } from '../staff/require-active.ts'
import { type Cell, writeRows } from './write-rows.ts'

/** One query of some ten milliseconds, and a few hundred kilobytes of text. */
const rowsPerPage = 1_000

type Pages<Row> = {
  readonly header: readonly string[]
  /** The next `limit` rows after `after`; fewer than that are the last. */
  readonly read: (after: Row | undefined, limit: number) => Promise<readonly Row[]>
  readonly toCells: (row: Row) => readonly Cell[]
}

/**
 * A file of CSV with its header, a page of rows at a time: whoever reads slowly makes no page wait in memory. It takes
 * minutes, so each page asks whether the person was disabled meanwhile. Throws Refusal('session_required').
 */
export async function* writePages<Row>(
  ctx: StaffContext,
  { header, read, toCells }: Pages<Row>,
): AsyncGenerator<string> {
  yield writeRows([header])
  let after: Row | undefined
  for (;;) {
    await requireStillActive(ctx)
    const rows = await read(after, rowsPerPage)
    if (rows.length > 0) yield writeRows(rows.map(toCells))
    after = rows.at(-1)
    if (after === undefined || rows.length < rowsPerPage) return
  }
}
