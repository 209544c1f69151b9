import { setTimeout as wait } from 'node:timers/promises'
import { Client, DatabaseError } from 'pg'
import { afterExit, isAlive } from '../processes/identity.ts'
import { type Patience, watchAnswers } from '../processes/watch-answers.ts'
import type { Postgres } from './start.ts'

/** How often it is looked whether the server lives. */
const lookMs = 500
/** Crash recovery fails for good when a disk is full or a file is broken; a port or a shared memory block may be free again. */
const failuresMax = 6
/** A server that answers no connection for so long (5 + 5 s, four times) is stuck; every answer counts, a refusal too. */
const patienceDefault: Patience = { everyMs: 5_000, answerMsMax: 5_000, missesMax: 4 }
const sMs = 1_000

export type SupervisedPostgres = Pick<Postgres, 'url' | 'stop'> & {
  /** Rejects when the server has failed too often in a row. Never resolves. */
  readonly failed: Promise<never>
}

/**
 * Keeps the server running: it is started again, on its port and with what was committed, when it has died, or lives and
 * answers nobody.
 */
export function supervisePostgres(
  postgres: Postgres,
  say: (text: string) => void,
  patience: Patience = patienceDefault,
): SupervisedPostgres {
  const { promise: failed, reject } = Promise.withResolvers<never>()
  failed.catch(() => undefined)
  const stopping = new AbortController()
  const { signal } = stopping

  const keep = async () => {
    for (let failures = 0; ; ) {
      const startedAt = performance.now()
      const how = await untilDead(postgres, patience, signal)
      if (signal.aborted) return
      const ranMs = performance.now() - startedAt
      say(`the embedded PostgreSQL ${how}; starting it again`)
      failures = await startAgain(postgres, { failures, ranMs }, say, signal)
    }
  }
  const kept = keep().catch(reject)
  const stop = async () => {
    stopping.abort()
    await kept
    await postgres.stop()
  }
  return { url: postgres.url, failed, stop }
}

/** Resolves with what happened to it. When `signal` is aborted, soon and with nothing to say. */
async function untilDead(postgres: Postgres, patience: Patience, signal: AbortSignal): Promise<string> {
  const over = new AbortController()
  const either = AbortSignal.any([signal, over.signal])
  const silence = watchAnswers(() => answers(postgres.url, patience.answerMsMax), patience, either)
  const silentMs = await Promise.race([silence, untilGone(postgres, either)])
  over.abort()
  if (silentMs === undefined || signal.aborted || !isAlive(postgres.identity())) return 'died'
  postgres.kill()
  return `did not answer for ${Math.round(silentMs / sMs)} s and was killed`
}

/** Resolves when its process is no more, or the signal is aborted. */
async function untilGone(postgres: Postgres, signal: AbortSignal): Promise<undefined> {
  while (isAlive(postgres.identity()) && !signal.aborted)
    await wait(lookMs, undefined, { signal }).catch(() => undefined)
}

/** Starts it, with pauses that grow. Resolves with the failures in a row; rejects with one line when they are too many. */
async function startAgain(
  postgres: Postgres,
  before: { readonly failures: number; readonly ranMs: number },
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<number> {
  let next = afterExit(before.failures, before.ranMs)
  for (let why = 'it dies soon after each start'; !signal.aborted; ) {
    if (next.failures >= failuresMax)
      throw new Error(`the embedded PostgreSQL failed ${next.failures} times in a row: ${why}`)
    await wait(next.waitMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) break
    try {
      await postgres.startAgain()
      say('the embedded PostgreSQL answers again')
      break
    } catch (error) {
      why = oneLine(error)
      next = afterExit(next.failures, 0)
    }
  }
  return next.failures
}

/** Rejects when the server says nothing. That it refuses (too many clients, still starting) is an answer. */
async function answers(url: string, msMax: number): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: msMax, query_timeout: msMax })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
  } finally {
    void client.end().catch(() => undefined)
  }
}

function oneLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .trim()
    .replaceAll(/\s*\n\s*/g, ' | ')
}
