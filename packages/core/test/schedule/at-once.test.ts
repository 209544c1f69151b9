import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { Context } from '../../src/context.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import { publishRun } from '../../src/lists/publish.ts'
import { applyOverride } from '../../src/schedule/apply-override.ts'
import { previewOverride, previewUndo, type Window } from '../../src/schedule/preview.ts'
import { closeDue } from '../../src/schedule/steps.ts'
import { undoOverride } from '../../src/schedule/undo-override.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { givenOpen, inMinutes, NAME, readListing, readTarget } from '../support/held.ts'
import { contextOf, givenAccount, givenStaff, stage } from '../support/world.ts'

const OPERATORS = 8
const windowIn = (minutes: number): Window => ({
  dropFrom: inMinutes(minutes),
  dropTo: inMinutes(minutes + 1),
})

let clone: Clone
let ctx: Context
beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: OPERATORS + 2 })
  ctx = contextOf(clone.db)
})
afterEach(() => clone.drop())

test(`of ${OPERATORS} operators who override one listing at once, one succeeds and the others are refused with what changed`, async () => {
  const { listingId } = await givenOpen(ctx)
  const operators = await Promise.all(Array.from({ length: OPERATORS }, () => givenStaff(ctx, 'operator')))
  const commands = await Promise.all(
    operators.map(async (operator, index) => {
      const window = windowIn(120 + index)
      const { basis } = await previewOverride(operator, { listingId, window })
      return { listingId, window, reason: `operator ${index}`, basis }
    }),
  )
  const results = await Promise.allSettled(
    operators.map((operator, index) => {
      const command = commands[index]
      if (command === undefined) throw new Error('a command for each')
      return applyOverride(operator, command)
    }),
  )
  const listing = await readListing(ctx)
  const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  expect(refusals).toHaveLength(OPERATORS - 1)
  for (const refusal of refusals) {
    expect(refusal).toMatchObject({
      code: 'listing_changed',
      facts: {
        changed: 'version, cutoff_at, drop_from, drop_to',
        drop_from_now: listing.drop_from.toISOString(),
      },
    })
  }
  const overrides = await clone.db.selectFrom('schedule_override').select('id').execute()
  expect(overrides).toHaveLength(1)
})

test('a list and an operator who move one listing at once leave the operator’s window in force, and the list’s kept', async () => {
  const { listingId } = await givenOpen(ctx)
  const operator = await givenStaff(ctx, 'operator')
  for (let round = 0; round < 15; round += 1) {
    const window = windowIn(120)
    const listed = inMinutes(200 + round)
    const run = await stage(ctx, { names: [NAME], purgeAt: listed })
    const { basis } = await previewOverride(operator, { listingId, window })
    const applying = applyOverride(operator, { listingId, window, reason: 'a race', basis }).then(
      () => true,
      (error: unknown) => {
        expect(error).toMatchObject({ code: 'listing_changed' })
        return false
      },
    )
    const [applied] = await Promise.all([applying, publishRun(ctx, { runId: run.id, opensAt: new Date(0) })])
    const listing = await readListing(ctx)
    if (applied) {
      expect(listing).toMatchObject({ drop_from: window.dropFrom, listed_drop_from: listed })
      const undo = await previewUndo(operator, listingId)
      await undoOverride(operator, { listingId, reason: 'the next round', basis: undo.basis })
    } else expect(listing).toMatchObject({ drop_from: listed, override_id: null })
  }
})

test('a buyer, the sweep and an operator at once never leave a secured name without an armed target once it is closed', async () => {
  const { listingId } = await givenOpen(ctx)
  const operator = await givenStaff(ctx, 'operator')
  const buyer = await givenAccount(ctx)
  for (let round = 0; round < 15; round += 1) {
    const window = { ...windowIn(30), cutoffAt: inMinutes(round % 2 === 0 ? -1 : 20) }
    const { basis } = await previewOverride(operator, { listingId, window })
    await Promise.allSettled([
      placeBackorder(buyer, { name: NAME, payment: 'balance' }),
      applyOverride(operator, { listingId, window, reason: 'a race', basis }),
      closeDue(ctx),
    ])
    const listing = await readListing(ctx)
    const target = await readTarget(ctx)
    if (listing.holder !== null) {
      const expected = listing.state === 'closed' ? 'armed' : 'disarmed'
      expect(target?.state ?? 'disarmed').toBe(expected)
      if (expected === 'armed') expect(target).toMatchObject({ drop_from: listing.drop_from })
    }
  }
  expect(await proveLedger(clone.db)).toMatchObject({ escrowDifferenceMinor: { USD: 0n } })
})
