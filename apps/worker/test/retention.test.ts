import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { topUp } from '@droplock/core/accounts/top-up'
import { placeBackorder } from '@droplock/core/backorders/place'
import { closeDue } from '@droplock/core/schedule/steps'
import { beginFiring } from '@droplock/core/targets/begin-firing'
import { recordOutcome } from '@droplock/core/targets/record-outcome'
import { onServer } from '@droplock/core/testing/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readConfig } from '../src/config.ts'
import { retentionJob } from '../src/sweeps/retention.ts'
import { givenShop, registryAccount } from './money/shop.ts'
import { givenWorld, type World } from './support/world.ts'

const patient = { timeout: 30_000, interval: 50 }
const main = join(import.meta.dirname, '..', 'src', 'main.ts')
const ATTEMPTS = 3_000

let world: World
const children: ChildProcess[] = []
beforeEach(async () => {
  world = await givenWorld()
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    const exited = once(child, 'exit')
    if (child.kill('SIGKILL')) await exited
  }
  await world.clone.drop()
})

const run = (statement: string, values: readonly unknown[] = []) =>
  onServer(world.clone.url, (client) => client.query(statement, [...values]))

/** Sign-ins that failed long ago, more than a batch of them. */
const givenOldCounts = () =>
  run(`insert into sign_in_count (scope, subject, failures, counted_at)
    select 'source', n::text, 1, now() - interval '1 week' from generate_series(1, 6000) as n`)

/** A name lost half a year ago, after thousands of attempts. */
async function givenOldAttempts(): Promise<void> {
  const { ctx } = world
  const buyer = await givenShop(ctx, ['old.test'])
  await topUp(ctx, { accountId: buyer.actor.accountId, amountMinor: 10_000n, receiptId: ctx.newId() })
  await placeBackorder(buyer, { name: 'old.test', payment: 'balance' })
  await ctx.db.updateTable('listing').set({ cutoff_at: new Date() }).execute()
  while ((await closeDue(ctx)).closed > 0);
  const target = await ctx.db.selectFrom('catch_target').selectAll().executeTakeFirstOrThrow()
  await beginFiring(ctx, [target.id])
  const of = { targetId: target.id, listingId: target.listing_id, registryAccountId: registryAccount.id }
  const decided = { code: 2302, holderClid: 'rival', decidingClTRID: `DL-${ATTEMPTS}`, attempts: [] }
  await recordOutcome(ctx, { ...of, ...decided, outcome: 'lost' })
  await run(
    `insert into catch_attempt (cltrid, target_id, registry_account_id, command, sent_at, outcome, code)
      select 'DL-' || n, $1, $2, 'create', now() + n * interval '1 millisecond', 'answered', 2302
      from generate_series(1, ${ATTEMPTS}) as n`,
    [target.id, registryAccount.id],
  )
  await run(`update catch_target set decided_at = decided_at - interval '180 days'`)
}

const count = async (table: 'catch_attempt' | 'sign_in_count') =>
  Number((await run(`select count(*) as n from ${table}`)).rows[0]?.n)

test('two worker processes remove what has had its time, once, and leave the first and the deciding attempt', async () => {
  await givenOldAttempts()
  await givenOldCounts()
  for (let n = 0; n < 2; n += 1) {
    const env = { DATABASE_URL: world.clone.urls.worker, DROPLOCK_RETENTION_MS: '50' }
    children.push(spawn(process.execPath, [main], { env, stdio: 'ignore' }))
  }
  await vi.waitFor(async () => expect(await count('catch_attempt')).toBe(2), patient)
  await vi.waitFor(async () => expect(await count('sign_in_count')).toBe(0), patient)
  const kept = await world.ctx.db.selectFrom('catch_attempt').select('cltrid').orderBy('sent_at').execute()
  expect(kept.map(({ cltrid }) => cltrid)).toEqual(['DL-1', `DL-${ATTEMPTS}`])
  const { rows } = await run('select sum(removed) as n from attempt_removal')
  expect(Number(rows[0]?.n)).toBe(ATTEMPTS - 2)
})

test('a kind that cannot be pruned does not stop the others, and is logged', async () => {
  await givenOldCounts()
  await run('alter table provider_event rename to provider_event_away')
  const { DROPLOCK_RETENTION_DAYS: days } = readConfig({ DATABASE_URL: world.clone.urls.worker })
  const job = retentionJob(world.worker, { everyMs: 1, days })
  await expect(job.run(new AbortController().signal)).rejects.toThrow('not everything could be pruned')
  expect(await count('sign_in_count')).toBe(0)
})
