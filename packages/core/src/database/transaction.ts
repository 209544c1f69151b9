import { Refusal } from '@droplock/rules/refusals'
import { type CompiledQuery, type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import { lockMsDefault } from './bounded-dialect.ts'
import { isWorthRepeating, lockTimedOut } from './errors.ts'
import { notifyCommitted } from './note-work.ts'
import { sendTogether } from './send-together.ts'
import type { Database } from './tables.gen.ts'

/** Deadlock victims and serialization failures run again at once; three in a row are a problem that repeating does not solve. */
const ATTEMPTS_MAX = 3

/** `lockMsMax` left out: the limit of the database, or of the transaction that it is a part of. */
export type TransactionOptions = { readonly lockMsMax?: number }

/**
 * Runs `work` in one transaction: all of it is committed, or none. `work` may be called again after a deadlock, so it
 * has no effect outside the transaction. Given a transaction, it is a part of that one, undone alone if it throws.
 * Throws `Refusal('try_again')` when a lock was not obtained within `lockMsMax` or deadlocks did not end; else what `work` threw.
 */
export async function inTransaction<Result>(
  db: Kysely<Database>,
  work: (tx: Transaction<Database>) => Promise<Result>,
  { lockMsMax }: TransactionOptions = {},
): Promise<Result> {
  const run = db.isTransaction ? asPart : asWhole
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run(db, work, lockMsMax)
    } catch (error) {
      // A part is not repeated alone; the whole is.
      if (db.isTransaction) throw error
      if (isWorthRepeating(error) && attempt < ATTEMPTS_MAX) continue
      if (isWorthRepeating(error) || lockTimedOut(error)) throw tryAgain(error)
      throw error
    }
  }
}

class Undone<Result> extends Error {
  readonly result: Result
  constructor(result: Result) {
    super('a dry run')
    this.result = result
  }
}

/** Runs `work` as `inTransaction` does and undoes it: for a dry run, which says exactly what would happen. Returns what `work` did. */
export async function tryOut<Result>(
  db: Kysely<Database>,
  work: (tx: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  try {
    return await inTransaction<never>(db, async (tx) => {
      throw new Undone(await work(tx))
    })
  } catch (error) {
    if (error instanceof Undone) return error.result
    throw error
  }
}

/** Runs `work` in the transaction that `db` is, which its caller repeats; otherwise as `inTransaction` does. */
export function withinTransaction<Result>(
  db: Kysely<Database>,
  work: (tx: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  return db.isTransaction ? work(db as Transaction<Database>) : inTransaction(db, work)
}

/**
 * Runs one statement as a transaction of its own, in one round trip, with neither BEGIN nor COMMIT. It names its lock limit itself
 * (`limitLockTimeout`). Given a transaction, it is a part of that one, undone alone if it throws. Throws what the statement or its
 * commit threw; then nothing was written.
 */
export async function inOneStatement<Row>(
  db: Kysely<Database>,
  statement: CompiledQuery<Row>,
): Promise<readonly Row[]> {
  if (!db.isTransaction) return (await db.executeQuery(statement)).rows
  return inTransaction(db, async (tx) => (await tx.executeQuery(statement)).rows)
}

/** A condition that is true, and sets `lockMsDefault` for the rest of the statement: a part of the first thing it reads. */
export function limitLockTimeout(): RawBuilder<boolean> {
  return sql<boolean>`(select set_config('lock_timeout', ${String(lockMsDefault)}, true)) is not null`
}

type Work<Result> = (tx: Transaction<Database>) => Promise<Result>

async function asWhole<Result>(
  db: Kysely<Database>,
  work: Work<Result>,
  lockMsMax?: number,
): Promise<Result> {
  let begun: Transaction<Database> | undefined
  const result = await db.transaction().execute(async (tx) => {
    begun = tx
    if (lockMsMax === undefined) return work(tx)
    const [, done] = await sendTogether([setLockTimeout(tx, lockMsMax), work(tx)])
    return done
  })
  if (begun !== undefined) notifyCommitted(begun, db)
  return result
}

/** A savepoint. Deferred constraints are checked at its end, so that it behaves like a transaction of its own. */
async function asPart<Result>(db: Kysely<Database>, work: Work<Result>, lockMsMax?: number): Promise<Result> {
  const tx = db as Transaction<Database>
  await sql`savepoint part`.execute(tx)
  try {
    if (lockMsMax !== undefined) await setLockTimeout(tx, lockMsMax)
    const result = await work(tx)
    await sql`set constraints all immediate`.execute(tx)
    await sql`set constraints all deferred`.execute(tx)
    await sql`release savepoint part`.execute(tx)
    return result
  } catch (error) {
    await sql`rollback to savepoint part`.execute(tx)
    await sql`release savepoint part`.execute(tx)
    throw error
  }
}

/** Local to the transaction, like the default that `BoundedDialect` begins with. */
export async function setLockTimeout(tx: Transaction<Database>, lockMsMax: number): Promise<void> {
  await sql`select set_config('lock_timeout', ${String(lockMsMax)}, true)`.execute(tx)
}

function tryAgain(cause: unknown): Refusal {
  const refusal = new Refusal(
    'try_again',
    'Another request is being processed for this at the moment. Please try again.',
  )
  refusal.cause = cause
  return refusal
}
