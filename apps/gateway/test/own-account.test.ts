import { noticeLowBalances } from '@droplock/core/accounts/low-balance'
import { topUp } from '@droplock/core/accounts/top-up'
import { expect, test } from 'vitest'
import { NewApiKey } from '../src/resources/api-keys.ts'
import { Account } from '../src/resources/own-account.ts'
import { SubAccount } from '../src/resources/sub-accounts.ts'
import { sendUnreached, someKey } from './support/app.ts'
import { answers, refuses } from './support/refuses.ts'
import { order, wellFormed } from './support/requests.ts'
import { givenCustomer, givenListings, priceMinor, useWorld } from './support/world.ts'

const world = useWorld()

const usd = (amount_minor: number) => ({ amount_minor, currency: 'USD' })

async function setThreshold(key: string, low_balance: object | null) {
  const response = await world.send({ method: 'PATCH', path: '/v1/account', key, body: { low_balance } })
  expect(response.status).toBe(200)
  return Account.parse(await response.json())
}

async function noticesOf(accountId: string): Promise<readonly unknown[]> {
  while ((await noticeLowBalances(world.ctx)) > 0);
  const events = await world.ctx.db
    .selectFrom('event')
    .select('data')
    .where('topic', '=', 'balance.low')
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute()
  return events.map(({ data }) => data)
}

answers('getAccount', 200, 'the account, without a notice at first', async () => {
  const { key, accountId } = await givenCustomer(world.ctx)
  const response = await world.send({ path: '/v1/account', key })
  expect(response.status).toBe(200)
  const account = Account.parse(await response.json())
  expect(account).toMatchObject({ id: accountId, name: 'A reseller', currency: 'USD' })
  expect(account.low_balance).toBeUndefined()
})

answers(
  'updateAccount',
  200,
  'one notice when the balance falls below the threshold, and the next after it rose',
  async () => {
    const { ctx } = world
    await givenListings(ctx, ['low-1.test', 'low-2.test', 'low-3.test'])
    const { key, accountId } = await givenCustomer(ctx, { balanceMinor: BigInt(3 * priceMinor) })
    expect((await setThreshold(key, usd(2 * priceMinor))).low_balance).toEqual(usd(2 * priceMinor))
    await world.send(order('low-1.test', key))
    // At the threshold it is not below.
    expect(await noticesOf(accountId)).toEqual([])
    await world.send(order('low-2.test', key))
    const notice = {
      id: accountId,
      balance: usd(priceMinor),
      low_balance: usd(2 * priceMinor),
    }
    expect(await noticesOf(accountId)).toEqual([notice])
    await world.send(order('low-3.test', key))
    expect(await noticesOf(accountId)).toHaveLength(1)
    await topUp(ctx, { accountId, amountMinor: BigInt(2 * priceMinor), receiptId: ctx.newId() })
    expect(await noticesOf(accountId)).toHaveLength(1)
    await setThreshold(key, usd(5 * priceMinor))
    expect(await noticesOf(accountId)).toHaveLength(2)
    expect((await setThreshold(key, null)).low_balance).toBeUndefined()
    expect(await noticesOf(accountId)).toHaveLength(2)
  },
)

test('of two sweeps at once each notice is one event', async () => {
  const { key, accountId } = await givenCustomer(world.ctx, { balanceMinor: 1n })
  await setThreshold(key, usd(100))
  await Promise.all([noticeLowBalances(world.ctx), noticeLowBalances(world.ctx)])
  expect(await noticesOf(accountId)).toHaveLength(1)
})

refuses('updateAccount', 'currency_mismatch', 'a threshold of another currency', async () => {
  const { key } = await givenCustomer(world.ctx)
  const body = { low_balance: { amount_minor: 1, currency: 'EUR' } }
  return world.send({ method: 'PATCH', path: '/v1/account', key, body })
})

refuses('updateAccount', 'key_exceeds_own', 'a key of a sub-account', async () => {
  const { key } = await givenCustomer(world.ctx)
  const made = await world.send({ ...wellFormed.createSubAccount, key })
  const { id: sub_account_id } = SubAccount.parse(await made.json())
  const body = { label: 'x', scopes: ['keys:manage'], sub_account_id }
  const subKey = NewApiKey.parse(await (await world.send({ ...wellFormed.createApiKey, key, body })).json())
  return world.send({ ...wellFormed.updateAccount, key: subKey.key ?? '' })
})

refuses('updateAccount', 'invalid_request', 'a threshold below zero', () =>
  sendUnreached({ ...wellFormed.updateAccount, key: someKey, body: { low_balance: usd(-1) } }),
)
