import { requireStillActive } from '../audit/require-active.ts'
import type { StaffContext } from '../context.ts'
import { type Cell, writeRows } from './write.ts'

/** Says UTF-8 to spreadsheets, which take a file without it for the encoding of their computer. */
const BYTE_ORDER_MARK = '\uFEFF'

/** Between two checks that the person was not disabled. */
const ROWS_PER_CHECK = 1_000

type ListFile = {
  readonly header: readonly string[]
  /** In their order. */
  readonly pages: AsyncIterable<readonly (readonly Cell[])[]>
}

/**
 * A list as CSV, page by page: no page is read before its reader wants it. The last line has the number of rows in its first field: a
 * file that ended early has no such line, whatever the programs and proxies between make of a connection that was closed. `ctx`: as of
 * now, not of the moment that the list shows. Throws Refusal('session_required').
 */
export async function* writeList(ctx: StaffContext, { header, pages }: ListFile): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + writeRows([header])
  let [rows, checkedAt] = [0, 0]
  for await (const page of pages) {
    if (rows - checkedAt >= ROWS_PER_CHECK) {
      await requireStillActive(ctx)
      checkedAt = rows
    }
    rows += page.length
    if (page.length > 0) yield writeRows(page)
  }
  yield writeRows([
    [`End of list: ${rows} ${rows === 1 ? 'row' : 'rows'}`, ...header.slice(1).map(() => null)],
  ])
}
