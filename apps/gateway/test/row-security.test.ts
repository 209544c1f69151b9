import type { Context } from '@droplock/core/context'
import { ofAccount } from '@droplock/core/database/connect'
import { inTransaction } from '@droplock/core/database/transaction'
import { newId } from '@droplock/core/new-id'
import { onServer } from '@droplock/core/testing/server'
import { expect, onTestFinished, test } from 'vitest'
import { servedFrom } from '../src/gateway.ts'
import { authenticate } from '../src/http/authenticate.ts'
import { readLotOf } from '../src/http/read-lot.ts'
import { createTestApp } from './support/app.ts'
import { order } from './support/requests.ts'
import { type Customer, givenCustomer, givenListings, openWorld } from './support/world.ts'

/** A policy is taken from every table, as if there were none. */
const withoutPolicies = `do $$ declare kept text; begin
  for kept in select relname from pg_class where relrowsecurity loop
    execute format('alter table %I disable row level security', kept);
  end loop;
end $$`

/** What a query gets that forgets to ask whose rows it wants. */
async function forgetful({ db }: Pick<Context, 'db'>) {
  const [backorders, payments, postings, events, watches, keys, answers, accounts] = await Promise.all([
    db.selectFrom('backorder').select('name').orderBy('name').execute(),
    db.selectFrom('payment').select('account_id').execute(),
    db.selectFrom('posting').select('account_id').execute(),
    db.selectFrom('event').select('account_id').execute(),
    db.selectFrom('watch').select('account_id').execute(),
    db.selectFrom('api_key').select('account_id').execute(),
    db.selectFrom('idempotency_key').select('account_id').execute(),
    db.selectFrom('account').select('id as account_id').execute(),
  ])
  const owned = [payments, postings, events, watches, keys, answers, accounts]
  return {
    names: backorders.map(({ name }) => name),
    accounts: [...new Set(owned.flat().map(({ account_id: id }) => id))].toSorted(),
    empty: owned.filter((rows) => rows.length === 0).length,
  }
}

/** Two customers with an order each, and a gateway with routes that forget. */
async function givenTwo() {
  const world = await openWorld()
  onTestFinished(world.drop)
  const served = servedFrom(world.contextOf('gateway'), undefined, readLotOf(world.openReadsAs('gateway')))
  const { app, send } = createTestApp({ test: served })
  const identified = authenticate({ modes: { test: served } } as unknown as Parameters<
    typeof authenticate
  >[0])
  app.get('/forgetful', identified, async (c) => c.json(await forgetful(c.var.ctx)))
  app.get('/forgetful/transaction', identified, async (c) =>
    c.json(await inTransaction(c.var.ctx.db, (db) => forgetful({ db }))),
  )
  await givenListings(world.ctx, ['one.test', 'two.test', 'three.test'])
  const [mine, theirs] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  for (const [name, { key }] of [
    ['one.test', mine],
    ['two.test', theirs],
  ] as const) {
    expect((await send(order(name, key))).status).toBe(201)
    expect((await send({ method: 'PUT', path: '/v1/watches/three.test', key })).status).toBe(200)
  }
  const ask = async (path: string, { key }: Customer): Promise<unknown> =>
    (await app.request(path, { headers: { Authorization: `Bearer ${key}` } })).json()
  const { db } = world.contextOf('gateway')
  return { ...world, db, send, mine, theirs, ask }
}

test('a route that forgets whose rows it wants gives those of the account of the key, and without the policies everybody’s', async () => {
  const { url, ask, mine, theirs } = await givenTwo()
  for (const path of ['/forgetful', '/forgetful/transaction']) {
    expect(await ask(path, mine)).toEqual({ names: ['one.test'], accounts: [mine.accountId], empty: 0 })
    expect(await ask(path, theirs)).toEqual({ names: ['two.test'], accounts: [theirs.accountId], empty: 0 })
  }
  await onServer(url, (client) => client.query(withoutPolicies))
  for (const path of ['/forgetful', '/forgetful/transaction'])
    expect(await ask(path, mine)).toEqual({
      names: ['one.test', 'two.test'],
      accounts: [mine.accountId, theirs.accountId].toSorted(),
      empty: 0,
    })
})

test('requests of both at the same time, over the same connections, get each its own', async () => {
  const { ask, mine, theirs } = await givenTwo()
  const asked = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? mine : theirs))
  const answers = await Promise.all(asked.map((customer) => ask('/forgetful', customer)))
  expect(answers).toEqual(
    asked.map(({ accountId }) => ({
      names: [accountId === mine.accountId ? 'one.test' : 'two.test'],
      accounts: [accountId],
      empty: 0,
    })),
  )
})

test('where no account acts there are keys, accounts and events, which requests begin with, and nothing else', async () => {
  const { db, mine, theirs } = await givenTwo()
  expect(await forgetful({ db })).toEqual({
    names: [],
    accounts: [mine.accountId, theirs.accountId].toSorted(),
    // Of payments, postings, watches and answers there are none.
    empty: 4,
  })
})

test('what is written for another account is refused, and what another has is neither changed nor removed', async () => {
  const { ctx, db, mine, theirs } = await givenTwo()
  const acting = ofAccount(db, mine.accountId)
  const watch = { account_id: theirs.accountId, name: 'two.test', created_at: new Date() }
  await expect(acting.insertInto('watch').values(watch).execute()).rejects.toThrow(
    'new row violates row-level security policy for table "watch"',
  )
  const foreign = { account_id: theirs.accountId, currency: 'USD', posted_at: new Date() }
  const line = {
    ...foreign,
    cause: 'top_up',
    cause_id: newId(),
    line: 1,
    ledger_account: 'customer_balance',
  } as const
  await expect(
    acting
      .insertInto('posting')
      .values({ ...line, amount_minor: 1n })
      .execute(),
  ).rejects.toThrow('row-level security policy')
  await expect(
    acting
      .updateTable('backorder')
      .set({ state: 'expired' })
      .where('name', '=', 'two.test')
      .executeTakeFirst(),
  ).resolves.toMatchObject({ numUpdatedRows: 0n })
  await expect(
    acting.deleteFrom('watch').where('account_id', '=', theirs.accountId).executeTakeFirst(),
  ).resolves.toMatchObject({ numDeletedRows: 0n })
  expect(await ctx.db.selectFrom('watch').select('name').execute()).toHaveLength(2)
})
