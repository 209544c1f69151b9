import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { inject } from 'vitest'
import { openDatabase } from '../database/connect.ts'
import { type AppRole, type AppUrls, ofEachApp } from '../database/rights.ts'
import { nameOfRole, urlAs } from '../database/roles.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseOn, onServer } from './server.ts'
import { nameIn, type Template } from './template.ts'

/** Enough for most tests; a race test asks for as many as it has rivals, up to some 300. */
const connectionsDefault = 10

export type Clone = {
  readonly db: Kysely<Database>
  readonly url: string
  /** The same database as an app has it, by the login of its role. */
  readonly urls: AppUrls
  readonly openAs: (app: AppRole) => Kysely<Database>
  /** Closes the pools and drops the database, whoever else is connected. */
  readonly drop: () => Promise<void>
}

/** A migrated, empty database of its own, for tests that need several connections or a commit. Costs some 40 ms. */
export async function cloneDatabase({ connectionsMax = connectionsDefault } = {}): Promise<Clone> {
  const { serverUrl, prefix, name: template, passwords }: Template = inject('template')
  const name = `${nameIn(prefix)}${randomUUID().replaceAll('-', '')}`
  // Copying files beats replaying a log for so small a database.
  await onServer(serverUrl, (client) =>
    client.query(`create database ${name} template ${template} strategy file_copy`),
  )
  const url = databaseOn(serverUrl, name)
  const pools: Kysely<Database>[] = []
  const open = (at: string) => {
    const pool = openDatabase({ url: at, connectionsMax, applicationName: 'droplock-test' })
    pools.push(pool)
    return pool
  }
  const urls = ofEachApp((app) => urlAs(url, nameOfRole(prefix, app), passwords[app]))
  const drop = async () => {
    await Promise.all(pools.map((pool) => pool.destroy()))
    await onServer(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`))
  }
  return { db: open(url), url, urls, openAs: (app) => open(urls[app]), drop }
}
