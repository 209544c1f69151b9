import { DatabaseError } from 'pg'
import type { ConstraintName } from './tables.gen.ts'

/** SQLSTATE class 23: a constraint, an index or one of our triggers refused it. */
const integrityClass = '23'
const lockNotAvailable = '55P03'
const undefinedTable = '42P01'
const queryCanceled = '57014'
const transactionAborted = '25P02'
/** Serialization failure and deadlock: the transaction did nothing wrong and may run again. */
const worthRepeating: ReadonlySet<string> = new Set(['40001', '40P01'])
/** How the server reports a prepared statement whose columns a migration has changed. */
const featureNotSupported = '0A000'
const outdatedPlanRoutine = 'RevalidateCachedQuery'
/**
 * Connection lost or refused, the server starting, stopping or full, or the statement ended because its time was over. 25006: the
 * server cannot write yet, because it is a standby that is being promoted, or one that is being restored. 26000: the statement before it
 * on the same connection, which was to prepare it, ended so.
 */
const unavailableStates = /^(08|25006|26000|57P0[123]|53300|57014)/
const unavailableCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
])

/** The driver's messages, which have no code, for a connection that was lost or not available in time. A test checks them. */
const unavailableTexts: ReadonlySet<string> = new Set([
  'timeout exceeded when trying to connect',
  'Connection terminated due to connection timeout',
  'Connection terminated unexpectedly',
  'Client has encountered a connection error and is not queryable',
])

/** Whether `error` is a violation of this named constraint, unique index or trigger of the schema. */
export function violated(error: unknown, constraint: ConstraintName): boolean {
  return (
    error instanceof DatabaseError &&
    error.code?.startsWith(integrityClass) === true &&
    error.constraint === constraint
  )
}

/**
 * A commit was to wait until a standby has it, and the wait was cut off by a cancel: PostgreSQL then reports success with a warning,
 * and a failover would lose what it has committed. Nothing may be acknowledged; what was under way is repeated like after a lost connection.
 */
export class Unreplicated extends Error {
  override readonly name = 'Unreplicated'

  constructor() {
    super('committed, but no standby is known to have it')
  }
}

/** The server's function that warns so. */
export const replicationWait = 'SyncRepWaitForLSN'

/** The request for which a read was made is over: it was answered, its time has passed, or its client has gone. Nobody waits for the read. */
export class RequestEnded extends Error {
  override readonly name = 'RequestEnded'

  constructor(options?: ErrorOptions) {
    super('the request is over', options)
  }
}

export function isRequestEnded(error: unknown): boolean {
  return error instanceof RequestEnded
}

/** Whether a lock was not obtained in time (`lock_timeout`): means "try again", never "taken". */
export function lockTimedOut(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === lockNotAvailable
}

/** Whether the server ended a statement: its time was over (`statement_timeout`), or it was cancelled. */
export function statementTimedOut(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === queryCanceled
}

/** Whether a statement was refused only because one before it in its transaction had failed. */
export function inAbortedTransaction(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === transactionAborted
}

/** Whether the same transaction may succeed when it is repeated. */
export function isWorthRepeating(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return false
  return isPlanOutdated(error) || (error.code !== undefined && worthRepeating.has(error.code))
}

/** Whether a statement was prepared before a migration changed what it returns. Prepared anew, it succeeds. */
export function isPlanOutdated(error: unknown): boolean {
  return (
    error instanceof DatabaseError &&
    error.code === featureNotSupported &&
    error.routine === outdatedPlanRoutine
  )
}

/** Whether a table is missing: this database is not migrated. */
export function isNotMigrated(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === undefinedTable
}

/** Whether the database could not be reached or is going away. What was under way may or may not have been committed. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof Unreplicated) return true
  if (unavailableTexts.has(error.message)) return true
  if (!('code' in error) || typeof error.code !== 'string') return false
  return error instanceof DatabaseError
    ? unavailableStates.test(error.code)
    : unavailableCodes.has(error.code)
}
