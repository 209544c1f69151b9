import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { readShortly, sharedHandle } from './connect.ts'
import type { Database } from './tables.gen.ts'

/** Notified when something was committed that background work may be waiting for: an event, a task, a change by an operator. */
export const WORK_CHANNEL = 'droplock_work'

/** What a process commits within this is notified once. Milliseconds. */
const GATHERED_MS = 25

const timers = new WeakMap<Kysely<Database>, NodeJS.Timeout>()
const noted = new WeakSet<Kysely<Database>>()

/**
 * Notes that what is written leaves work to be done soon: workers are notified when it is committed. Only a wake-up: what nobody was
 * notified of, because this process ended first, is found by the next look.
 *
 * After the commit and not in it: transactions that notify commit one after the other, and claims would wait for each other.
 */
export function noteWork(db: Kysely<Database>): void {
  if (db.isTransaction) noted.add(db)
  else notifySoon(sharedHandle(db))
}

/** Notifies of what a transaction noted, once it is committed. */
export function notifyCommitted(tx: Kysely<Database>, db: Kysely<Database>): void {
  if (noted.has(tx)) noteWork(db)
}

function notifySoon(db: Kysely<Database>): void {
  if (timers.has(db)) return
  const notify = () => {
    timers.delete(db)
    // A database that is away, or closed since, loses a wake-up.
    readShortly(db, sql`select pg_notify(${WORK_CHANNEL}, '')`.compile(db)).catch(() => undefined)
  }
  timers.set(db, setTimeout(notify, GATHERED_MS).unref())
}
