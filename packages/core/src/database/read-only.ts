import type { Transaction } from 'kysely'
import { openDatabase } from './connect.ts'
import type { Database } from './tables.gen.ts'

/** Runs `work` on the database at `url` in one transaction that sees one moment and cannot write. */
export async function readOnly<Result>(
  { url, applicationName }: { readonly url: string; readonly applicationName: string },
  work: (tx: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  const db = openDatabase({ url, connectionsMax: 1, applicationName })
  try {
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(work)
  } finally {
    await db.destroy()
  }
}
