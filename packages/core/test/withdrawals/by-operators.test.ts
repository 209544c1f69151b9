import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import { releaseBackorder } from '../../src/backorders/release.ts'
import type { Context, StaffContext } from '../../src/context.ts'
import { approveProposal } from '../../src/proposals/approve.ts'
import { proposeWithdrawal } from '../../src/proposals/propose-withdrawal.ts'
import { getProposal } from '../../src/proposals/read.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { listUndecidedTargets } from '../../src/targets/read.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { withdrawFree } from '../../src/withdrawals/withdraw-free.ts'
import { givenArmed, givenOpen, givenSecured, NAME, readListing, readTarget } from '../support/held.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenStaff,
  OUR_ACCOUNT,
  REGISTRY_ACCOUNT,
} from '../support/world.ts'

let clone: Clone
let ctx: Context
let operator: StaffContext
let other: StaffContext
beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 12 })
  ctx = contextOf(clone.db)
  operator = await givenStaff(ctx, 'operator')
  other = await givenStaff(ctx, 'operator')
})
afterEach(() => clone.drop())

const reason = 'a court order'

const propose = (listingId: string, block = false) =>
  proposeWithdrawal(operator, { listingId, block, evidence: 'Case 12/26', reason })

async function refunds(): Promise<number> {
  return (await ctx.db.selectFrom('refund').select('id').execute()).length
}

test('one person withdraws a listing without a holder, with a reason that the audit keeps', async () => {
  const { listingId } = await givenOpen(ctx)
  await withdrawFree(operator, { listingId, reason })
  expect(await readListing(ctx)).toMatchObject({ state: 'withdrawn' })
  const entries = ctx.db
    .selectFrom('audit_entry')
    .select(['reason', 'actor_name'])
    .where('action', '=', 'listing.withdrawn')
  expect(await entries.execute()).toEqual([{ reason, actor_name: operator.actor.email }])
  await expect(withdrawFree(operator, { listingId, reason })).rejects.toMatchObject({
    code: 'listing_not_withdrawable',
  })
})

test('a name with a holder is withdrawn by two people, who see whose order it is, and its holder is refunded', async () => {
  const { listingId, backorderId } = await givenArmed(ctx)
  await expect(withdrawFree(operator, { listingId, reason })).rejects.toMatchObject({ code: 'listing_held' })
  const proposalId = await propose(listingId, true)
  expect(await getProposal(other, proposalId)).toMatchObject({
    terms: {
      name: NAME,
      backorder_id: backorderId,
      account_name: 'A reseller',
      evidence: 'Case 12/26',
      block: 'yes',
    },
  })
  expect(await readListing(ctx)).toMatchObject({ state: 'closed' })
  await expect(approveProposal(operator, { proposalId })).rejects.toMatchObject({
    code: 'decider_is_proposer',
  })
  await approveProposal(other, { proposalId })
  expect(await readListing(ctx)).toMatchObject({ state: 'withdrawn' })
  expect(await readTarget(ctx)).toMatchObject({ state: 'withdrawn', proposal_id: proposalId })
  expect(await refunds()).toBe(1)
  await givenListings(ctx, { names: [NAME] })
  expect((await ctx.db.selectFrom('listing').select('id').execute()).length).toBe(1)
})

test('a name that another customer holds by now, or that nobody holds, is not what was proposed', async () => {
  const { listingId } = await givenOpen(ctx)
  await expect(propose(listingId)).rejects.toMatchObject({ code: 'listing_not_held' })
  const buyer = await givenAccount(ctx)
  const { id } = await placeBackorder(buyer, { name: NAME, payment: 'card' })
  const proposalId = await propose(listingId)
  await expect(propose(listingId)).rejects.toMatchObject({ code: 'proposal_open' })
  await releaseBackorder(buyer, id)
  await placeBackorder(await givenAccount(ctx), { name: NAME, payment: 'balance' })
  await expect(approveProposal(other, { proposalId })).rejects.toMatchObject({ code: 'listing_changed' })
  expect(await refunds()).toBe(0)
})

test('a viewer and finance staff do not propose it', async () => {
  const { listingId } = await givenSecured(ctx)
  for (const role of ['viewer', 'finance'] as const) {
    const person = await givenStaff(ctx, role)
    const proposed = proposeWithdrawal(person, { listingId, block: false, evidence: 'x', reason })
    await expect(proposed).rejects.toMatchObject({ code: 'forbidden' })
  }
})

async function stoppedTargets(): Promise<readonly boolean[]> {
  const targets = await listUndecidedTargets(ctx, OUR_ACCOUNT, new Date(Date.now() + 86_400_000))
  return targets.map(({ withdrawing }) => withdrawing)
}

test('while the name drops nothing is refunded: the catcher is told, and what it registered stays registered', async () => {
  const { listingId, targetId } = await givenArmed(ctx)
  const proposalId = await propose(listingId)
  await beginFiring(ctx, [targetId])
  expect(await stoppedTargets()).toEqual([false])
  await approveProposal(other, { proposalId })
  expect(await stoppedTargets()).toEqual([true])
  expect(await readListing(ctx)).toMatchObject({ state: 'dropping' })
  expect(await refunds()).toBe(0)
  const common = {
    targetId,
    listingId,
    registryAccountId: REGISTRY_ACCOUNT,
    holderClid: 'droplock',
    code: 1000,
    attempts: [],
  }
  await recordOutcome(ctx, { ...common, outcome: 'registered', crDate: new Date() })
  expect(await readListing(ctx)).toMatchObject({ state: 'caught' })
  expect(await refunds()).toBe(0)
  await expect(propose(listingId)).rejects.toMatchObject({ code: 'listing_not_withdrawable' })
})

test('a drop that was stopped begins again, because a create may be under way, and ends by what the registry says', async () => {
  const { listingId, targetId } = await givenArmed(ctx)
  const proposalId = await propose(listingId)
  await beginFiring(ctx, [targetId])
  // As a moved schedule or a skipped day does.
  await ctx.db.updateTable('catch_target').set({ state: 'disarmed' }).execute()
  await ctx.db.updateTable('listing').set({ state: 'closed' }).execute()
  await ctx.db.updateTable('backorder').set({ state: 'backordered' }).execute()
  await approveProposal(other, { proposalId })
  expect(await readTarget(ctx)).toMatchObject({ state: 'firing' })
  expect(await refunds()).toBe(0)
  // The catcher has it, however far away its window is by now.
  const [target] = await listUndecidedTargets(ctx, OUR_ACCOUNT, new Date(0))
  expect(target).toMatchObject({ id: targetId, withdrawing: true })
  const common = { targetId, listingId, registryAccountId: REGISTRY_ACCOUNT, code: 2303, attempts: [] }
  await recordOutcome(ctx, { ...common, outcome: 'withdrawn', basis: 'info', holderClid: null })
  expect(await readListing(ctx)).toMatchObject({ state: 'withdrawn' })
  expect(await refunds()).toBe(1)
})

test('of the outcome and the withdrawal at once, either the name stays registered or the holder is refunded, never both', async () => {
  for (let round = 0; round < 10; round += 1) {
    const world = await cloneDatabase({ connectionsMax: 8 })
    ctx = contextOf(world.db)
    operator = await givenStaff(ctx, 'operator')
    other = await givenStaff(ctx, 'operator')
    const { listingId, targetId } = await givenArmed(ctx)
    const proposalId = await propose(listingId)
    const common = {
      targetId,
      listingId,
      registryAccountId: REGISTRY_ACCOUNT,
      holderClid: 'droplock',
      code: 1000,
      attempts: [],
    }
    const fired = beginFiring(ctx, [targetId]).then(async (ids) => {
      if (ids.length === 0) return false
      return recordOutcome(ctx, { ...common, outcome: 'registered', crDate: new Date() })
    })
    const [registered] = await Promise.all([
      fired,
      approveProposal(other, { proposalId }).catch(() => undefined),
    ])
    expect(await readListing(ctx)).toMatchObject({ state: registered ? 'caught' : 'withdrawn' })
    expect(await refunds()).toBe(registered ? 0 : 1)
    await world.drop()
  }
  ctx = contextOf(clone.db)
})
