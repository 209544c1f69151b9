import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { getBalance } from '../../src/accounts/read.ts'
import { setCreditLimit } from '../../src/accounts/set-credit-limit.ts'
import { getBackorder } from '../../src/backorders/read.ts'
import { recordBankTransfer } from '../../src/bank-transfers/record.ts'
import { asService, type Context } from '../../src/context.ts'
import { proveInvariants } from '../../src/invariants.ts'
import { approveProposal } from '../../src/proposals/approve.ts'
import { expireProposal } from '../../src/proposals/expire.ts'
import { proposeBankTransfer, proposeCreditLimit } from '../../src/proposals/propose.ts'
import { proposeTargetOutcome } from '../../src/proposals/propose-target-outcome.ts'
import { listProposals } from '../../src/proposals/read.ts'
import { rejectProposal } from '../../src/proposals/reject.ts'
import { setRefundLimit } from '../../src/refunds/set-limit.ts'
import { disableStaff } from '../../src/staff/administer.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { markAmbiguous } from '../../src/targets/record.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { outcomeOf } from '../support/drop.ts'
import { givenArmed, readListing, readTarget } from '../support/held.ts'
import {
  contextOf,
  givenAccount,
  givenRegistry,
  givenStaff,
  PRICE_MINOR,
  REGISTRY_ACCOUNT,
} from '../support/world.ts'

const code = (text: string) => expect.objectContaining({ code: text })
/** A target whose window and grace are over without an outcome. */
async function givenUndecided(ctx: Context, state: 'armed' | 'firing' | 'ambiguous' = 'ambiguous') {
  const armed = await givenArmed(ctx)
  if (state !== 'armed') await beginFiring(ctx, [armed.targetId])
  if (state === 'ambiguous') await markAmbiguous(ctx, [armed.targetId])
  await sql`update catch_target set drop_from = clock_timestamp() - interval '2 hours',
    drop_to = clock_timestamp() - interval '2 hours', grace_until = clock_timestamp() - interval '1 hour'`.execute(
    ctx.db,
  )
  const ann = await givenStaff(ctx, 'operator')
  const bob = await givenStaff(ctx, 'operator')
  return { ...armed, ann, bob }
}

const words = { evidence: 'RDAP names another registrar', reason: 'nothing decides it' }
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)

test.each([
  ['armed', 'lost'],
  ['firing', 'missed'],
  ['ambiguous', 'premium'],
  ['ambiguous', 'withdrawn'],
  ['firing', 'refused'],
] as const)(
  'a target that is %s past its grace is recorded as %s by two people, and its money is refunded once',
  (state, outcome) =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      const { targetId, buyer, backorderId, ann, bob } = await givenUndecided(ctx, state)
      const before = await getBalance(buyer)
      const proposalId = await proposeTargetOutcome(ann, { targetId, outcome, ...words })
      expect(await getBackorder(buyer, backorderId)).toMatchObject({ evidence: { outcome: null } })
      expect((await listProposals(ann, { offset: 0, limit: 5, state: 'proposed' })).items).toMatchObject([
        {
          id: proposalId,
          kind: 'target_outcome',
          subject: targetId,
          terms: { outcome, evidence: words.evidence },
        },
      ])
      await expect(approveProposal(ann, { proposalId })).rejects.toEqual(code('decider_is_proposer'))
      await approveProposal(bob, { proposalId, note: 'seen it too' })
      expect(await readTarget(ctx)).toMatchObject({
        state: outcome,
        proposal_id: proposalId,
        decided_by: null,
      })
      expect(await readListing(ctx)).toMatchObject({ state: outcome })
      expect(await getBackorder(buyer, backorderId)).toMatchObject({
        state: 'failed',
        failureReason: outcome,
      })
      expect((await getBalance(buyer)).balanceMinor).toBe(before.balanceMinor + PRICE_MINOR)
      await expect(approveProposal(bob, { proposalId })).rejects.toEqual(code('proposal_already_decided'))
      expect(await proveInvariants(bob)).toMatchObject({ holds: true })
    }),
)

test('a win that two people record earns its price, and needs a registration that began with the drop', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { targetId, buyer, backorderId, ann, bob } = await givenUndecided(ctx)
    const prior = minutesAgo(90)
    await tx.updateTable('catch_target').set({ prior_cr_date: prior }).execute()
    const win = { targetId, outcome: 'registered', registryAccountId: REGISTRY_ACCOUNT, ...words } as const
    for (const crDate of [undefined, prior, minutesAgo(180), new Date(Date.now() + 60_000)]) {
      const proposed = crDate === undefined ? win : { ...win, crDate }
      await expect(proposeTargetOutcome(ann, proposed)).rejects.toEqual(code('outcome_not_possible'))
    }
    const other = { ...win, crDate: minutesAgo(60), registryAccountId: 'another' }
    await expect(proposeTargetOutcome(ann, other)).rejects.toEqual(code('outcome_not_possible'))
    const proposalId = await proposeTargetOutcome(ann, { ...win, crDate: minutesAgo(60) })
    await approveProposal(bob, { proposalId })
    expect(await getBackorder(buyer, backorderId)).toMatchObject({ state: 'successful' })
    expect(await readTarget(ctx)).toMatchObject({ state: 'registered', decided_by: REGISTRY_ACCOUNT })
    expect(await proveInvariants(bob)).toMatchObject({ holds: true })
  }))

test('people decide no target before its grace is over, none that is decided, and none without a reason', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { targetId, listingId } = await givenArmed(ctx)
    const ann = await givenStaff(ctx, 'operator')
    const lost = { targetId, outcome: 'lost', ...words } as const
    await expect(proposeTargetOutcome(ann, lost)).rejects.toEqual(code('target_in_time'))
    await expect(proposeTargetOutcome(ann, { ...lost, evidence: ' ' })).rejects.toEqual(
      code('reason_required'),
    )
    const finance = await givenStaff(ctx, 'finance')
    await expect(proposeTargetOutcome(finance, lost)).rejects.toEqual(code('forbidden'))
    const unknown = { ...lost, targetId: ctx.newId() }
    await expect(proposeTargetOutcome(ann, unknown)).rejects.toEqual(code('target_not_found'))
    await beginFiring(ctx, [targetId])
    await recordOutcome(ctx, outcomeOf(targetId, listingId, 'lost'))
    await expect(proposeTargetOutcome(ann, lost)).rejects.toEqual(code('target_decided'))
  }))

test('an outcome that the catcher recorded meanwhile stays: the proposal is refused and changes nothing', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { targetId, listingId, ann, bob } = await givenUndecided(ctx, 'firing')
    const proposalId = await proposeTargetOutcome(ann, { targetId, outcome: 'lost', ...words })
    await recordOutcome(ctx, outcomeOf(targetId, listingId, 'registered'))
    await expect(approveProposal(bob, { proposalId })).rejects.toEqual(code('target_decided'))
    await rejectProposal(bob, { proposalId, note: 'the catcher was faster' })
    expect(await readTarget(ctx)).toMatchObject({ state: 'registered' })
  }))

test('a proposal of a disabled person is not approved, and can be rejected', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { targetId, ann, bob } = await givenUndecided(ctx)
    const proposalId = await proposeTargetOutcome(ann, { targetId, outcome: 'lost', ...words })
    await disableStaff(asService(ctx), { staffId: ann.actor.staffId, reason: 'left' })
    await expect(approveProposal(bob, { proposalId })).rejects.toEqual(code('proposer_disabled'))
    await rejectProposal(bob, { proposalId, note: 'no' })
  }))

test('a proposal can be open once; an overdue one is over and can be made again', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { targetId, ann, bob } = await givenUndecided(ctx)
    const lost = { targetId, outcome: 'lost', ...words } as const
    const proposalId = await proposeTargetOutcome(ann, lost)
    await expect(proposeTargetOutcome(bob, lost)).rejects.toEqual(code('proposal_open'))
    await passProposalTime(ctx)
    await expect(approveProposal(bob, { proposalId })).rejects.toEqual(code('proposal_expired'))
    expect((await listProposals(ann, { offset: 0, limit: 5, state: 'expired' })).total).toBe(1)
    expect(await proposeTargetOutcome(ann, lost)).not.toBe(proposalId)
    expect(await expiries(ctx)).toEqual([proposalId])
  }))

test('an overdue proposal is expired by the sweep, once, and audited', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { targetId, ann } = await givenUndecided(ctx)
    const proposalId = await proposeTargetOutcome(ann, { targetId, outcome: 'lost', ...words })
    expect(await expireProposal(ctx)).toBe(false)
    await passProposalTime(ctx)
    expect(await expireProposal(ctx)).toBe(true)
    expect(await expireProposal(ctx)).toBe(false)
    const row = await tx.selectFrom('proposal').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ id: proposalId, state: 'expired', decided_by: null })
    expect(await expiries(ctx)).toEqual([proposalId])
  }))

/** Time is moved, not waited for, past the trigger that keeps the terms. To a whole millisecond, as the process reads the time. */
async function passProposalTime({ db }: Context): Promise<void> {
  await sql`alter table proposal disable trigger proposal_terms_are_final`.execute(db)
  await sql`update proposal set expires_at = date_trunc('milliseconds', clock_timestamp())`.execute(db)
  await sql`alter table proposal enable trigger proposal_terms_are_final`.execute(db)
}

async function expiries({ db }: Context): Promise<readonly string[]> {
  const entries = await db
    .selectFrom('audit_entry')
    .select('subject_id')
    .where('action', '=', 'proposal.expired')
    .execute()
  return entries.map(({ subject_id }) => subject_id)
}

const transfer = { currency: 'USD', bankReference: 'RE 1', note: 'on the statement' }

test('one person grants up to the limit in a day, transfers and credit limits together; beyond it takes two', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const buyer = await givenAccount(ctx, { balanceMinor: 0n })
    const { accountId } = buyer.actor
    const ann = await givenStaff(ctx, 'finance_approver')
    const bob = await givenStaff(ctx, 'finance_approver')
    await setRefundLimit(bob, { currency: 'USD', aloneMinor: 0n, grantAloneMinor: 1_000n, reason: 'a test' })
    await recordBankTransfer(ann, { ...transfer, accountId, amountMinor: 600n })
    await setCreditLimit(ann, { accountId, limitMinor: 300n, reason: 'a known customer' })
    const more = { ...transfer, accountId, amountMinor: 101n, bankReference: 'RE 2' }
    await expect(recordBankTransfer(ann, more)).rejects.toEqual(code('grant_needs_approval'))
    const higher = { accountId, limitMinor: 401n, reason: 'a known customer' }
    await expect(setCreditLimit(ann, higher)).rejects.toEqual(code('grant_needs_approval'))
    // What takes credit away needs nobody else, and another person has a limit of their own.
    await setCreditLimit(ann, { accountId, limitMinor: 0n, reason: 'no more' })
    await recordBankTransfer(bob, { ...more, amountMinor: 1_000n })

    const tenMillion = { ...transfer, accountId, amountMinor: 1_000_000_000n, bankReference: 'RE 3' }
    const [credit, limit] = [
      await proposeBankTransfer(ann, tenMillion),
      await proposeCreditLimit(ann, higher),
    ]
    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: 1_600n, creditLimitMinor: 0n })
    for (const proposalId of [credit, limit]) {
      await expect(approveProposal(ann, { proposalId })).rejects.toEqual(code('decider_is_proposer'))
      await approveProposal(bob, { proposalId })
    }
    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: 1_000_001_600n, creditLimitMinor: 401n })
    await expect(proposeBankTransfer(ann, tenMillion)).rejects.toEqual(code('bank_reference_known'))
    expect(await proveInvariants(bob)).toMatchObject({ holds: true })
  }))

test('of 8 transfers that one person records at once, so many are credited as the limit has room for', async () => {
  const clone = await cloneDatabase({ connectionsMax: 10 })
  const ctx = contextOf(clone.db)
  const ann = await givenStaff(ctx, 'finance')
  await clone.db.updateTable('refund_limit').set({ grant_alone_minor: 1_000n }).execute()
  const recordings = Array.from({ length: 8 }, async (_, index) => {
    const { actor } = await givenAccount(ctx, { balanceMinor: 0n })
    const own = { ...transfer, accountId: actor.accountId, bankReference: `RE ${100 + index}` }
    return recordBankTransfer(ann, { ...own, amountMinor: 300n })
  })
  const results = await Promise.allSettled(recordings)
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  for (const result of results)
    if (result.status === 'rejected') expect(result.reason).toEqual(code('grant_needs_approval'))
  await clone.drop()
})
