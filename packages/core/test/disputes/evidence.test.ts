import { UNANSWERED_MS } from '@droplock/rules/disputes/answer'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { followAlarms } from '../../src/alarms/raise.ts'
import type { Context, StaffContext } from '../../src/context.ts'
import { findUnansweredDisputes } from '../../src/disputes/find-unanswered.ts'
import { getDispute, listDisputes } from '../../src/disputes/read.ts'
import { saveEvidence } from '../../src/disputes/save-evidence.ts'
import { sendEvidence } from '../../src/disputes/send-evidence.ts'
import { submitEvidence } from '../../src/disputes/submit-evidence.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { deliver, hold, pay } from '../support/cards.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  givenStaff,
  openAlarms,
  PRICE_MINOR,
} from '../support/world.ts'

const NAME = 'wanted.test'
const fields = { product_description: 'A backorder.', service_date: '2026-11-12' }
const first = { offset: 0, limit: 25, sort: { field: 'evidenceDueAt', order: 'asc' } } as const

type World = {
  readonly ctx: Context
  readonly finance: StaffContext
  readonly provider: FakeProvider
  readonly disputeId: string
  readonly providerDisputeId: string
}

async function givenDispute(ctx: Context): Promise<World> {
  await givenRegistry(ctx)
  await givenListings(ctx, { names: [NAME] })
  const buyer = await givenAccount(ctx, { balanceMinor: 0n })
  const provider = new FakeProvider()
  const held = await hold(buyer, provider, NAME)
  await pay(ctx, provider, held.providerId)
  const providerDisputeId = provider.openDispute(held.providerId)
  await deliver(ctx, provider)
  const { id } = await ctx.db.selectFrom('dispute').select('id').executeTakeFirstOrThrow()
  return { ctx, finance: await givenStaff(ctx, 'finance'), provider, disputeId: id, providerDisputeId }
}

const inDispute = (work: (world: World) => Promise<void>) =>
  rolledBack(async (tx) => work(await givenDispute(contextOf(tx))))

async function givenDraft({ finance, disputeId }: World) {
  await saveEvidence(finance, { disputeId, version: 0, fields })
}

async function givenSubmitted(world: World) {
  await givenDraft(world)
  await submitEvidence(world.finance, { disputeId: world.disputeId, version: 1, reason: 'Checked.' })
}

const evidenceOf = async ({ finance, disputeId }: World) => (await getDispute(finance, disputeId)).evidence

/** The time of the next attempt has come. */
const makeDue = ({ ctx }: World) =>
  sql`update dispute_evidence set try_after = clock_timestamp() where state = 'submitting'`.execute(ctx.db)

test('a dispute has its reason, its deadline, what it took from the balance, and a suggested answer', () =>
  inDispute(async ({ finance, disputeId, providerDisputeId }) => {
    const { items } = await listDisputes(finance, { ...first, state: 'needs_response', q: 'wanted' })
    expect(items).toMatchObject([{ id: disputeId, providerDisputeId, reason: 'fraudulent', name: NAME }])
    const dispute = await getDispute(finance, disputeId)
    expect(dispute).toMatchObject({
      state: 'needs_response',
      debitedMinor: PRICE_MINOR,
      balanceMinor: -PRICE_MINOR,
      evidence: null,
      whyNotAnswer: null,
      fees: [],
    })
    expect(dispute.evidenceDueAt?.getTime()).toBeGreaterThan(Date.now())
    expect(dispute.suggestion.product_description).toContain(NAME)
    expect(dispute.suggestion.access_activity_log).toContain('paid by card: 19.00 USD')
    expect((await listDisputes(finance, { ...first, state: 'won' })).items).toEqual([])
  }))

test('a draft is saved whole, and an edit of an old version is refused', () =>
  inDispute(async (world) => {
    const { finance, disputeId } = world
    await saveEvidence(finance, { disputeId, version: 0, fields: { ...fields, customer_name: '  ' } })
    await saveEvidence(finance, { disputeId, version: 1, fields: { service_date: '2026-11-13' } })
    const stale = saveEvidence(finance, { disputeId, version: 1, fields })
    await expect(stale).rejects.toMatchObject({ code: 'evidence_changed', facts: { version: 2 } })
    const begunTwice = saveEvidence(finance, { disputeId, version: 0, fields })
    await expect(begunTwice).rejects.toMatchObject({ code: 'evidence_changed' })
    expect(await evidenceOf(world)).toMatchObject({
      state: 'draft',
      version: 2,
      fields: { service_date: '2026-11-13' },
    })
  }))

test('of people who begin an answer at once, one does', async () => {
  const clone = await cloneDatabase()
  try {
    const { finance, disputeId } = await givenDispute(contextOf(clone.db))
    const begun = Array.from({ length: 6 }, () => saveEvidence(finance, { disputeId, version: 0, fields }))
    const ended = await Promise.allSettled(begun)
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const each of ended)
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'evidence_changed' })
  } finally {
    await clone.drop()
  }
})

test('submitted evidence is sent once, as it was saved, and the dispute is under review', () =>
  inDispute(async (world) => {
    const { ctx, finance, provider, disputeId, providerDisputeId } = world
    await givenSubmitted(world)
    const again = submitEvidence(finance, { disputeId, version: 1, reason: 'Again.' })
    await expect(again).rejects.toMatchObject({ code: 'evidence_submitted' })
    expect(await sendEvidence(ctx, provider)).toBe(true)
    expect(await sendEvidence(ctx, provider)).toBe(false)
    expect(provider.submissions).toMatchObject([{ providerDisputeId, evidence: fields }])
    expect(await getDispute(finance, disputeId)).toMatchObject({
      state: 'under_review',
      whyNotAnswer: 'evidence_submitted',
      evidence: { state: 'submitted', failure: null },
    })
    provider.decideDispute(providerDisputeId, 'won')
    await deliver(ctx, provider)
    expect(await getDispute(finance, disputeId)).toMatchObject({ state: 'won', debitedMinor: 0n })
  }))

test('of workers that send at once, one does', async () => {
  const clone = await cloneDatabase()
  try {
    const world = await givenDispute(contextOf(clone.db))
    await givenSubmitted(world)
    const { ctx, provider } = world
    await Promise.all(Array.from({ length: 6 }, () => sendEvidence(ctx, provider)))
    expect(provider.submissions).toHaveLength(1)
  } finally {
    await clone.drop()
  }
})

test('evidence without an answer is looked for before it is sent again', () =>
  inDispute(async (world) => {
    const { ctx, provider } = world
    await givenSubmitted(world)
    provider.evidenceFate = 'taken_unanswered'
    await sendEvidence(ctx, provider)
    expect(await evidenceOf(world)).toMatchObject({ state: 'submitting', failure: 'timeout' })
    expect(await sendEvidence(ctx, provider)).toBe(false)
    await makeDue(world)
    expect(await sendEvidence(ctx, provider)).toBe(true)
    expect(provider.submissions).toHaveLength(1)
    expect(await evidenceOf(world)).toMatchObject({ state: 'submitted' })
  }))

test('evidence that the provider has no time for is sent again under the same key', () =>
  inDispute(async (world) => {
    const { ctx, provider } = world
    await givenSubmitted(world)
    provider.evidenceFate = 'busy'
    await sendEvidence(ctx, provider)
    expect(await evidenceOf(world)).toMatchObject({ state: 'submitting', failure: 'rate_limited' })
    provider.evidenceFate = 'taken'
    await makeDue(world)
    await sendEvidence(ctx, provider)
    expect(await evidenceOf(world)).toMatchObject({ state: 'submitted', failure: null })
  }))

test('evidence that the provider refuses says why, and can be changed and submitted again', () =>
  inDispute(async (world) => {
    const { ctx, finance, provider, disputeId } = world
    await givenSubmitted(world)
    provider.evidenceFate = 'rejected'
    await sendEvidence(ctx, provider)
    expect(await evidenceOf(world)).toMatchObject({ state: 'refused', failure: 'unauthenticated' })
    await submitEvidence(finance, { disputeId, version: 1, reason: 'The keys are mended.' })
    provider.evidenceFate = 'closed'
    await sendEvidence(ctx, provider)
    expect(await evidenceOf(world)).toMatchObject({ state: 'refused', failure: 'evidence_closed' })
    await saveEvidence(finance, { disputeId, version: 1, fields })
    expect(await evidenceOf(world)).toMatchObject({ state: 'draft', version: 2, failure: null })
    expect(provider.submissions).toEqual([])
  }))

test('after its deadline a dispute takes neither a draft nor a submission', () =>
  inDispute(async (world) => {
    const { ctx, finance, provider, disputeId, providerDisputeId } = world
    await givenDraft(world)
    const evidenceDueBy = new Date(Date.now() - 1_000)
    provider.changeDispute(providerDisputeId, { evidenceDueBy })
    await deliver(ctx, provider)
    const passed = {
      code: 'dispute_deadline_passed',
      facts: { evidence_due_at: evidenceDueBy.toISOString() },
    }
    await expect(saveEvidence(finance, { disputeId, version: 1, fields })).rejects.toMatchObject(passed)
    const late = submitEvidence(finance, { disputeId, version: 1, reason: 'Late.' })
    await expect(late).rejects.toMatchObject(passed)
  }))

test('evidence that was entered at the provider’s own pages closes ours', () =>
  inDispute(async (world) => {
    const { ctx, finance, provider, disputeId, providerDisputeId } = world
    provider.changeDispute(providerDisputeId, { isAnswered: true })
    await deliver(ctx, provider)
    expect(await getDispute(finance, disputeId)).toMatchObject({ state: 'under_review' })
    await expect(saveEvidence(finance, { disputeId, version: 0, fields })).rejects.toMatchObject({
      code: 'evidence_submitted',
    })
  }))

test('an empty answer is not submitted, nor another version than was seen, nor without a recent proof', () =>
  inDispute(async (world) => {
    const { ctx, finance, disputeId } = world
    const submitted = { disputeId, version: 1, reason: 'Checked.' }
    await expect(submitEvidence(finance, submitted)).rejects.toMatchObject({ code: 'evidence_empty' })
    await saveEvidence(finance, { disputeId, version: 0, fields: {} })
    await expect(submitEvidence(finance, submitted)).rejects.toMatchObject({ code: 'evidence_empty' })
    await saveEvidence(finance, { disputeId, version: 1, fields })
    await expect(submitEvidence(finance, submitted)).rejects.toMatchObject({ code: 'evidence_changed' })
    const old: StaffContext = { ...finance, actor: { ...finance.actor, standing: 'signed_in' } }
    const unproven = submitEvidence(old, { ...submitted, version: 2 })
    await expect(unproven).rejects.toMatchObject({ code: 'step_up_required' })
    const operator = await givenStaff(ctx, 'operator')
    await expect(saveEvidence(operator, { disputeId, version: 2, fields })).rejects.toMatchObject({
      code: 'forbidden',
    })
  }))

test('a deadline that is near is an alarm until evidence is submitted', () =>
  inDispute(async (world) => {
    const { ctx, provider, disputeId, providerDisputeId } = world
    const sweep = async () => followAlarms(ctx, 'dispute_unanswered', await findUnansweredDisputes(ctx))
    provider.changeDispute(providerDisputeId, {
      evidenceDueBy: new Date(Date.now() + UNANSWERED_MS + 60_000),
    })
    await deliver(ctx, provider)
    await sweep()
    expect(await openAlarms(ctx)).toEqual([])
    provider.changeDispute(providerDisputeId, { evidenceDueBy: new Date(Date.now() + UNANSWERED_MS - 1) })
    await deliver(ctx, provider)
    await sweep()
    expect(await openAlarms(ctx)).toEqual([`dispute_unanswered ${disputeId}`])
    const { facts } = await ctx.db.selectFrom('alarm').select('facts').executeTakeFirstOrThrow()
    expect(facts).toMatchObject({ name: NAME, amount: '19.00 USD' })
    await givenSubmitted(world)
    await sendEvidence(ctx, provider)
    await sweep()
    expect(await openAlarms(ctx)).toEqual([])
  }))
