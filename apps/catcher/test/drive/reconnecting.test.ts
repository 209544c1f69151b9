import type { Context } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { rolledBack } from '@droplock/core/testing/rolled-back'
import { Backoff } from '@droplock/epp/pool/failures'
import { createLogger } from '@droplock/observability/logger'
import { expect, test } from 'vitest'
import { createReconnecting } from '../../src/drive/reconnecting.ts'

const MINUTE_MS = 60_000
const problem = { code: 'registry_unavailable', detail: 'no session' } as const

async function openOnes({ db }: Context): Promise<readonly string[]> {
  const rows = await db.selectFrom('alarm').select('kind').where('closed_at', 'is', null).execute()
  return rows.map(({ kind }) => kind)
}

/** As a hold of the account would use it, at times of ours. */
function reconnectingOn(ctx: Context) {
  const clock = { nowMs: 0 }
  const log = createLogger({ app: 'catcher', level: 'silent', pretty: false })
  const given = { ctx, log, accountId: 'sim/droplock', monotonicMs: () => clock.nowMs }
  return { clock, reconnecting: createReconnecting(given, new Backoff(() => 0.5), 5 * MINUTE_MS) }
}

test('an account that could not be driven for too long is an alarm, and not before', () =>
  rolledBack(async (tx) => {
    const ctx = { db: tx, newId }
    const { clock, reconnecting } = reconnectingOn(ctx)
    for (const minute of [0, 2, 4]) {
      clock.nowMs = minute * MINUTE_MS
      reconnecting.connecting()
      await reconnecting.failed(problem)
    }
    expect(await openOnes(ctx)).toEqual([])
    clock.nowMs = 6 * MINUTE_MS
    reconnecting.connecting()
    await reconnecting.failed(problem)
    expect(await openOnes(ctx)).toEqual(['account_not_ready'])
  }))

test('a catcher in standby raises no alarm of an account that another one drives', () =>
  rolledBack(async (tx) => {
    const ctx = { db: tx, newId }
    const { clock, reconnecting } = reconnectingOn(ctx)
    // The database was away, twice.
    await reconnecting.failed(problem)
    clock.nowMs = 8 * MINUTE_MS
    await reconnecting.failed(problem)
    expect(await openOnes(ctx)).toEqual([])
    // Tried once; another one has driven the account for an hour since then.
    reconnecting.connecting()
    await reconnecting.failed(problem)
    clock.nowMs = 68 * MINUTE_MS
    await reconnecting.failed(problem)
    reconnecting.connecting()
    await reconnecting.failed(problem)
    expect(await openOnes(ctx)).toEqual([])
  }))
