import { placementRefusal } from '@droplock/rules/backorders'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { claimName, claimNameOnce } from '../../src/backorders/claim.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { AccountContext } from '../../src/context.ts'
import { inTransaction } from '../../src/database/transaction.ts'
import { placementFacts, readTerms } from '../../src/listings/read-terms.ts'
import { lockListingByName } from '../../src/locks.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { unwatchMachines } from '../../src/testing/watch-machines.ts'
import { keyedRequest } from '../support/keyed.ts'
import { contextOf, givenAccount, givenListings, givenRegistry, ZONE } from '../support/world.ts'

const NAME = 'wanted.test'
const aMinute = 60_000
const order = { name: NAME, payment: 'balance' } as const

const seldom = fc.integer({ min: 0, max: 5 }).map((drawn) => drawn === 0)
const facts = fc.record({
  state: fc.oneof(
    { weight: 4, arbitrary: fc.constant('open' as const) },
    { weight: 1, arbitrary: fc.constantFrom('upcoming', 'closed', 'dropping') },
  ),
  premium: seldom,
  reserved: seldom,
  suspect: seldom,
  isHeld: seldom,
  isDisabled: seldom,
  isForeign: seldom,
  opensAt: seldom,
  cutoffAt: seldom,
})

const ways = [
  ['without a key', (buyer: AccountContext) => claimName(buyer, { name: NAME })],
  ['with a key', (buyer: AccountContext) => claimNameOnce(buyer, { name: NAME }, keyedRequest())],
] as const

test.each(ways)(
  '%s a name is claimed in one statement exactly where `decidePlacement` accepts the order',
  (_, claim) =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      await givenRegistry(ctx)
      await givenListings(ctx, { names: [NAME] })
      const [buyer, rival] = [await givenAccount(ctx), await givenAccount(ctx)]
      const foreigner = await givenAccount(ctx, { currency: 'JPY' })
      await unwatchMachines(tx)
      const undone = new Error('undone')
      let claims = 0
      const property = fc.asyncProperty(facts, async ({ state, premium, reserved, suspect, ...given }) => {
        const outcome = inTransaction(tx, async (part) => {
          if (given.isHeld && state !== 'upcoming') await placeBackorder({ ...rival, db: part }, order)
          const opens_at = new Date(given.opensAt && !given.cutoffAt ? Date.now() + aMinute : 0)
          const cutoff_at = new Date(Date.now() + (given.cutoffAt ? -1 : 2 * aMinute))
          await part
            .updateTable('listing')
            .set({ state, premium, reserved, suspect, opens_at, cutoff_at })
            .where('name', '=', NAME)
            .execute()
          await part
            .updateTable('zone')
            .set({ enabled: !given.isDisabled })
            .where('name', '=', ZONE)
            .execute()
          const caller = { ...(given.isForeign ? foreigner : buyer), db: part }
          const listing = await lockListingByName(part, NAME)
          const terms = await readTerms(part, listing, caller.actor)
          const mayOrder = placementRefusal(placementFacts(listing, terms), terms.now) === undefined
          const claimed = await claim(caller)
          expect(claimed !== undefined).toBe(mayOrder)
          if (mayOrder) claims += 1
          throw undone
        })
        await expect(outcome).rejects.toBe(undone)
      })
      await fc.assert(property, { numRuns: 300 })
      expect(claims).toBeGreaterThan(10)
    }),
)
