import { topUp } from '@droplock/core/accounts/top-up'
import { expect, test } from 'vitest'
import { goOnToCard, isSecured, openOrder, payFromBalance, payWithCard, signUp } from './support/journey.ts'
import { marketplaceOfFile, type Way } from './support/marketplace.ts'

// Customers on the real pages: gateway, worker, catcher, registry and payment provider are processes of their own.

const marketplace = marketplaceOfFile()

const ways: readonly (readonly [string, Way])[] = [
  ['in English, with a mouse', { language: 'en' }],
  ['in Chinese, at 360 pixels', { language: 'zh', width: 360 }],
  ['with the keyboard alone', { language: 'en', keyboard: true }],
]

test.each(ways)('a visitor signs up: %s', async (_name, way) => {
  const visit = await marketplace.visit(way)
  const mark = `${way.language}-${way.width ?? 'wide'}${way.keyboard ? '-keys' : ''}`
  const email = `nora-${mark}@visitors.example`
  const names = { balance: `balance-${mark}.live`, card: `card-${mark}.live`, taken: `taken-${mark}.live` }
  await marketplace.drops.announce(Object.values(names))
  await visit.open('/names')
  await signUp(marketplace, visit, email)
  const { ctx } = marketplace.environment
  const { account_id: accountId } = await ctx.db
    .selectFrom('member')
    .select('account_id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  await topUp(ctx, { accountId: accountId ?? '', amountMinor: 10_000n, receiptId: ctx.newId() })
  await openOrder(visit, names.balance)
  await payFromBalance(visit)
  await openOrder(visit, names.card)
  await goOnToCard(visit)
  await payWithCard(visit, 'extraStep')
  await isSecured(visit)
  expect(marketplace.faults).toEqual([])
})
