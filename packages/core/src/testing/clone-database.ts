import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { inject } from 'vitest'
import { type AppRole, type AppUrls, ofEachApp } from '../database/app-roles.ts'
import { openDatabase } from '../database/connect.ts'
import { openReads, type Reads } from '../database/reads.ts'
import { nameOfRole, urlAs } from '../database/roles.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseOn, onServer } from './server.ts'
import { nameIn, type Template } from './template.ts'

/** Enough for most tests; a race test needs one per rival, up to about 300. */
const CONNECTIONS_DEFAULT = 10

/** Longer than in operation: tests of what happens at once have long queues, and a busy machine stands still for seconds. */
const LOCK_MS_MAX = 10_000

export type Clone = {
  readonly db: Kysely<Database>
  readonly url: string
  /** The URLs by which the apps connect to it, each with the login of its role. */
  readonly urls: AppUrls
  readonly openAs: (app: AppRole) => Kysely<Database>
  /** The connections of an app's searches and lists. */
  readonly openReadsAs: (app: AppRole) => Reads
  /** Closes the pools and drops the database, also while others are connected. */
  readonly drop: () => Promise<void>
}

/**
 * A new migrated, empty database, for tests that need several connections or a commit. Takes about 40 ms. Of the run's template, unless
 * a test has a server of its own, which it may stop.
 */
export async function cloneDatabase({
  connectionsMax = CONNECTIONS_DEFAULT,
  of = inject('template'),
}: {
  readonly connectionsMax?: number
  readonly of?: Template
} = {}): Promise<Clone> {
  const { serverUrl, prefix, name: template, passwords } = of
  const name = `${nameIn(prefix)}${randomUUID().replaceAll('-', '')}`
  // For so small a database copying files is faster than writing them to the log.
  await onServer(serverUrl, (client) =>
    client.query(`create database ${name} template ${template} strategy file_copy`),
  )
  const url = databaseOn(serverUrl, name)
  const pools: Kysely<Database>[] = []
  const open = (at: string) => {
    const options = { connectionsMax, applicationName: 'droplock-test', lockMsMax: LOCK_MS_MAX }
    const pool = openDatabase({ url: at, ...options })
    pools.push(pool)
    return pool
  }
  const opened: Reads[] = []
  const openReadsAs = (app: AppRole) => {
    const reads = openReads({ url: urls[app], connectionsMax: 4, applicationName: 'droplock-test-reads' })
    opened.push(reads)
    return reads
  }
  const urls = ofEachApp((app) => urlAs(url, nameOfRole(prefix, app), passwords[app]))
  const drop = async () => {
    await Promise.all([...pools, ...opened].map((pool) => pool.destroy()))
    await onServer(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`))
  }
  return { db: open(url), url, urls, openAs: (app) => open(urls[app]), openReadsAs, drop }
}
