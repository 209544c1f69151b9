import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { notifyExpiry } from '../../src/registrations/notify-expiry.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenDecided } from '../support/held.ts'
import { quoteAndOrder } from '../support/renewals.ts'
import { contextOf } from '../support/world.ts'

async function expireIn(ctx: Context, days: number): Promise<void> {
  await sql`update registration set expires_at = clock_timestamp() + make_interval(days => ${days}::integer),
    cr_date = clock_timestamp() - interval '300 days'`.execute(ctx.db)
}

async function notices(ctx: Context): Promise<number> {
  while ((await notifyExpiry(ctx)) > 0);
  const rows = await ctx.db
    .selectFrom('event')
    .select('id')
    .where('topic', '=', 'registration.expiring')
    .execute()
  return rows.length
}

test('a holder is told once a month and once a week before a name expires, and again for the next expiry', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenDecided(ctx, 'registered')
    expect(await notices(ctx)).toBe(0)
    await expireIn(ctx, 29)
    expect(await notices(ctx)).toBe(1)
    expect(await notices(ctx)).toBe(1)
    await sql`update registration set notice_expires_at = expires_at - interval '23 days',
      expires_at = expires_at - interval '23 days'`.execute(tx)
    expect(await notices(ctx)).toBe(2)
    expect(await notices(ctx)).toBe(2)
    await expireIn(ctx, 28)
    expect(await notices(ctx)).toBe(3)
  }))

test('nobody is told of a name that is being renewed, has ended, or expired before', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId } = await givenDecided(ctx, 'registered')
    await expireIn(ctx, -1)
    expect(await notices(ctx)).toBe(0)
    await expireIn(ctx, 5)
    await quoteAndOrder(buyer, backorderId)
    expect(await notices(ctx)).toBe(0)
    await sql`update registration set ended_at = clock_timestamp(), end_reason = 'not_held', confirm_after = null`.execute(
      tx,
    )
    expect(await notices(ctx)).toBe(0)
  }))
