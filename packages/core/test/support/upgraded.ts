import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { migrate } from '../../src/database/migrate.ts'
import { migrationsFolder } from '../../src/database/migrations.ts'
import type { Database } from '../../src/database/tables.gen.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'

/** Runs `check` on a database that had the migrations before `first` and then `rows`, after all later migrations. */
export async function upgraded(
  first: string,
  rows: string,
  check: (db: Kysely<Database>) => Promise<void>,
): Promise<void> {
  const clone = await cloneDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'droplock-migrations-'))
  try {
    await sql`drop schema public cascade`.execute(clone.db)
    await sql`create schema public`.execute(clone.db)
    for (const name of readdirSync(migrationsFolder).filter((each) => each < first)) {
      cpSync(join(migrationsFolder, name), join(folder, name))
    }
    await migrate(clone.url, folder)
    await sql.raw(rows).execute(clone.db)
    await migrate(clone.url)
    await check(clone.db)
  } finally {
    rmSync(folder, { recursive: true })
    await clone.drop()
  }
}
