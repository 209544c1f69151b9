import { scopes } from '@droplock/rules/accounts'
import { expect, test } from 'vitest'
import { switchAccount } from '../../src/accounts/administer.ts'
import { issueApiKey, revokeApiKey } from '../../src/api-keys.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import {
  type AccountContext,
  actFor,
  asService,
  type Context,
  type OperatorContext,
} from '../../src/context.ts'
import { lockListingByName, lockRegistration } from '../../src/locks.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenDecided } from '../support/held.ts'
import { quoteAndOrder } from '../support/renewals.ts'
import { untilAnswered, untilOneWaits } from '../support/waiting.ts'
import { contextOf, givenAccount, givenListings, givenRegistry, givenStaff } from '../support/world.ts'

/** Who acts for the account by a key that was issued to it. */
async function byIssuedKey(ctx: Context, { actor }: AccountContext): Promise<AccountContext> {
  const key = { accountId: actor.accountId, label: 'shop', scopes, keySha256: Buffer.from('key') }
  return actFor(ctx, { ...actor, keyId: await issueApiKey(asService(ctx), key) })
}

type ShutOut = (ctx: OperatorContext, of: { keyId: string; accountId: string }) => Promise<void>

test('operators and admins revoke keys, admins alone issue them, and a viewer does neither', () =>
  rolledBack(async (db) => {
    const ctx = contextOf(db)
    const { accountId } = (await givenAccount(ctx)).actor
    const key = { accountId, label: 'shop', scopes, keySha256: Buffer.from('key') }
    const [admin, operator, viewer] = [
      await givenStaff(ctx, 'admin'),
      await givenStaff(ctx, 'operator'),
      await givenStaff(ctx, 'viewer'),
    ]
    for (const person of [operator, viewer])
      await expect(issueApiKey(person, key)).rejects.toMatchObject({ code: 'forbidden' })
    const keyId = await issueApiKey(admin, key)
    const revoke = { keyId, reason: 'leaked' }
    await expect(revokeApiKey(viewer, revoke)).rejects.toMatchObject({ code: 'forbidden' })
    await revokeApiKey(operator, revoke)
  }))

for (const [what, shutOut] of [
  ['its key was revoked', (ctx, { keyId }) => revokeApiKey(ctx, { keyId, reason: 'leaked' })],
  [
    'its account was disabled',
    (ctx, { accountId }) => switchAccount(ctx, { accountId, enabled: false, reason: 'does not pay' }),
  ],
] as const satisfies readonly (readonly [string, ShutOut])[])
  test(`an order that waited while ${what} is refused`, async () => {
    const { db, drop } = await cloneDatabase()
    const ctx = contextOf(db)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: ['waiting.test'] })
    const account = await givenAccount(ctx)
    const waiting = await byIssuedKey(ctx, account)
    let ordering: Promise<unknown> = Promise.resolve()
    await db.transaction().execute(async (tx) => {
      await lockListingByName(tx, 'waiting.test')
      ordering = untilAnswered(() =>
        placeBackorder(waiting, { name: 'waiting.test', payment: 'balance' }),
      ).catch((error: unknown) => error)
      await untilOneWaits(db)
      await shutOut(asService(ctx), waiting.actor)
    })
    expect(await ordering).toMatchObject({ code: 'unauthenticated' })
    expect(await db.selectFrom('backorder').select('id').execute()).toEqual([])
    await drop()
  })

test('a renewal that waited while its key was revoked is refused, and nothing is paid', async () => {
  const { db, drop } = await cloneDatabase()
  const ctx = contextOf(db)
  const { buyer, backorderId } = await givenDecided(ctx, 'registered')
  const thief = await byIssuedKey(ctx, buyer)
  let ordering: Promise<unknown> = Promise.resolve()
  await db.transaction().execute(async (tx) => {
    const { id } = await tx.selectFrom('registration').select('id').executeTakeFirstOrThrow()
    await lockRegistration(tx, id)
    ordering = untilAnswered(() => quoteAndOrder(thief, backorderId)).catch((error: unknown) => error)
    await untilOneWaits(db)
    await revokeApiKey(asService(ctx), { keyId: thief.actor.keyId, reason: 'leaked' })
  })
  expect(await ordering).toMatchObject({ code: 'unauthenticated' })
  expect(await db.selectFrom('renewal').select('id').execute()).toEqual([])
  await drop()
})
