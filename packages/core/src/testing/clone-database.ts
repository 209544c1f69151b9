import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { inject } from 'vitest'
import { openDatabase } from '../database/connect.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseOn, onServer } from './server.ts'
import type { Template } from './template.ts'

/** Enough for most tests; a race test asks for as many as it has rivals, up to some 300. */
const connectionsDefault = 10

export type Clone = {
  readonly db: Kysely<Database>
  readonly url: string
  /** Closes the pool and drops the database, whoever else is connected. */
  readonly drop: () => Promise<void>
}

/** A migrated, empty database of its own, for tests that need several connections or a commit. Costs some 40 ms. */
export async function cloneDatabase({ connectionsMax = connectionsDefault } = {}): Promise<Clone> {
  const { serverUrl, prefix, name: template }: Template = inject('template')
  const name = `${prefix}_${randomUUID().replaceAll('-', '')}`
  // Copying files beats replaying a log for so small a database.
  await onServer(serverUrl, (client) =>
    client.query(`create database ${name} template ${template} strategy file_copy`),
  )
  const url = databaseOn(serverUrl, name)
  const db = openDatabase({ url, connectionsMax, applicationName: 'droplock-test' })
  const drop = async () => {
    await db.destroy()
    await onServer(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`))
  }
  return { db, url, drop }
}
