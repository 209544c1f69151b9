import { CompiledQuery, type Kysely } from 'kysely'
import type { Database } from './tables.gen.ts'

/** One list, read on and on in the snapshot of its first page. */
export type ListCursor = {
  /** Whether the last row was read. */
  readonly isAtEnd: () => boolean
  /** Whether the list was read through the cursor: lists that are computed in memory are not. */
  readonly isOpen: () => boolean
  /** The next rows of the query, which is the same each time. Throws where it is another query than before. */
  readonly next: <Row>(query: CompiledQuery<Row>, limit: number) => Promise<readonly Row[]>
}

const cursors = new WeakMap<Kysely<Database>, ListCursor>()

/**
 * From now on `readListed` on this handle returns the rows that follow those it returned before, without counting them. The handle
 * must be one connection in one transaction, which is what keeps the rows of all pages from one moment.
 */
export function openListCursor(db: Kysely<Database>): ListCursor {
  let opened: string | undefined
  let atEnd = false
  const cursor: ListCursor = {
    isAtEnd: () => atEnd,
    isOpen: () => opened !== undefined,
    next: async <Row>({ sql: text, parameters }: CompiledQuery<Row>, limit: number) => {
      if (opened !== undefined && opened !== text) throw new Error('another list is being read here')
      if (opened === undefined)
        await db.executeQuery(
          CompiledQuery.raw(`declare listed no scroll cursor for ${text}`, [...parameters]),
        )
      opened = text
      const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(`fetch ${limit} from listed`))
      atEnd = rows.length < limit
      return rows
    },
  }
  cursors.set(db, cursor)
  return cursor
}

/** The next rows of a list that is read as a whole. Undefined where the handle reads pages. */
export async function readOn<Row>(
  db: Kysely<Database>,
  query: { readonly compile: () => CompiledQuery<Row> },
  limit: number,
): Promise<readonly Row[] | undefined> {
  return cursors.get(db)?.next(query.compile(), limit)
}
