import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import { getCase, listCases } from '../../src/cases/read.ts'
import { proveInvariants } from '../../src/invariants.ts'
import { proposeRefund } from '../../src/refunds/propose.ts'
import { applyOverride } from '../../src/schedule/apply-override.ts'
import { previewOverride, previewUndo } from '../../src/schedule/preview.ts'
import { undoOverride } from '../../src/schedule/undo-override.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { unwatchMachines } from '../../src/testing/watch-machines.ts'
import { getToday } from '../../src/today.ts'
import { lookAndApprove } from '../support/approve.ts'
import { givenArmed, givenDecided, givenSecured, inMinutes, NAME } from '../support/held.ts'
import { paymentOf } from '../support/payment-of.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenStaff,
  PRICE_MINOR,
  REGISTRY_ACCOUNT,
} from '../support/world.ts'

const attempt = (clTRID: string, code: number, sentAt: Date) =>
  ({
    clTRID,
    targetId: '',
    registryAccountId: REGISTRY_ACCOUNT,
    command: 'create',
    sentAt,
    answeredAt: new Date(sentAt.getTime() + 2),
    roundTripUs: 2_345,
    outcome: 'answered',
    code,
    message: 'a message',
    svTRID: `SV-${clTRID}`,
  }) as const

test('the case of a caught name lists in time order: order, payment, target, attempts, outcome, refund', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId } = await givenDecided(ctx, 'registered', (armedAt) => [
      attempt('DL-1', 2302, armedAt),
      attempt('DL-2', 1000, armedAt),
    ])
    const ann = await givenStaff(ctx, 'finance')
    const proposal = {
      paymentId: await paymentOf(ctx, backorderId),
      amountMinor: 500n,
      reasonCode: 'goodwill',
      note: 'a late answer',
    } as const
    const refundId = await proposeRefund(ann, proposal)
    await lookAndApprove(await givenStaff(ctx, 'finance_approver'), refundId)

    const shown = await getCase(await givenStaff(ctx, 'viewer'), backorderId)

    expect(shown).toMatchObject({
      name: NAME,
      state: 'successful',
      accountName: 'A reseller',
      capturedMinor: PRICE_MINOR,
      refundableMinor: PRICE_MINOR - 500n,
      attemptsTotal: 2,
      target: { state: 'registered', decidedCode: 1000, holderClid: 'droplock' },
    })
    expect(shown.timeline.map(({ kind }) => kind)).toEqual([
      'ordered',
      'payment',
      'armed',
      'attempt',
      'attempt',
      'decided',
      'refund_created',
      'refund_decided',
    ])
    expect(shown.timeline.filter(({ kind }) => kind === 'attempt')).toMatchObject([
      { clTRID: 'DL-1', code: 2302, roundTripMs: 2.345 },
      { clTRID: 'DL-2', code: 1000, svTRID: 'SV-DL-2' },
    ])
    const times = shown.timeline.map(({ at }) => at.getTime())
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(shown.timeline.at(-1)).toMatchObject({
      by: 'finance_approver',
      state: 'succeeded',
      amountMinor: 500n,
    })
  }))

test('the case of a failed name ends with its reason and its automatic refund', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId } = await givenDecided(ctx, 'lost')
    const { timeline } = await getCase(await givenStaff(ctx, 'viewer'), backorderId)
    expect(timeline.slice(-3)).toMatchObject([
      { kind: 'decided', state: 'failed', reason: 'lost', code: 2302, holderClid: 'rival' },
      { kind: 'refund_created', cause: 'backorder_failed', by: null },
      { kind: 'refund_decided', state: 'succeeded', amountMinor: PRICE_MINOR },
    ])
  }))

test('a case shows every move of its schedule: by lists, by people, and where a list could not move it', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId, listingId } = await givenSecured(ctx)
    await givenListings(ctx, { names: [NAME], purgeAt: inMinutes(90) })
    const operator = await givenStaff(ctx, 'operator')
    const window = { dropFrom: inMinutes(120), dropTo: inMinutes(121) }
    const { basis } = await previewOverride(operator, { listingId, window })
    await applyOverride(operator, { listingId, window, reason: 'announced', basis })
    await givenListings(ctx, { names: [NAME], purgeAt: inMinutes(180) })
    await givenListings(ctx, { names: ['other.test'], purgeAt: inMinutes(180), scope: 'snapshot' })
    const undo = await previewUndo(operator, listingId)
    await undoOverride(operator, { listingId, reason: 'a mistake', basis: undo.basis })

    const { timeline } = await getCase(operator, backorderId)

    expect(timeline.map(({ kind }) => kind)).toEqual([
      'ordered',
      'payment',
      'moved_by_list',
      'override_applied',
      'kept_by_override',
      'suspected',
      'override_undone',
    ])
    expect(timeline[3]).toMatchObject({ by: 'operator', reason: 'announced', after: window })
  }))

test('backorders are found by name, state, reason, account and window, and paged', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId, buyer } = await givenDecided(ctx, 'lost')
    await givenListings(ctx, { names: ['a.test', 'b.test', 'c.test'], purgeAt: inMinutes(600) })
    const another = await givenAccount(ctx)
    for (const name of ['a.test', 'b.test', 'c.test'])
      await placeBackorder(another, { name, payment: 'balance' })
    const viewer = await givenStaff(ctx, 'viewer')
    const found = async (query: Partial<Parameters<typeof listCases>[1]>) =>
      (await listCases(viewer, { offset: 0, limit: 10, ...query })).items.map(({ name }) => name)

    const oldestFirst = { sort: { field: 'createdAt', order: 'asc' } } as const
    expect(await found(oldestFirst)).toEqual([NAME, 'a.test', 'b.test', 'c.test'])
    expect(await found({ state: 'failed', failureReason: 'lost' })).toEqual([NAME])
    expect(await found({ accountId: buyer.actor.accountId })).toEqual([NAME])
    expect(await found({ q: 'b.' })).toEqual(['b.test'])
    expect(await found({ q: '%' })).toEqual([])
    expect(await found({ zone: 'other' })).toEqual([])
    expect((await found({ from: inMinutes(590), to: inMinutes(700) })).toSorted()).toEqual([
      'a.test',
      'b.test',
      'c.test',
    ])
    const page = await listCases(viewer, { ...oldestFirst, offset: 3, limit: 1 })
    expect(page).toMatchObject({ total: 4, totalIsExact: true, items: [{ name: 'c.test' }] })
    await expect(getCase(viewer, ctx.newId())).rejects.toMatchObject({ code: 'backorder_not_found' })
    expect(await getCase(viewer, backorderId)).toMatchObject({ zone: 'test' })
  }))

test('today counts by state and shows the next windows and what needs attention', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId } = await givenDecided(ctx, 'registered')
    await givenListings(ctx, { names: ['a.test', 'b.test'], purgeAt: inMinutes(600) })
    await placeBackorder(await givenAccount(ctx), { name: 'a.test', payment: 'balance' })
    await sql`update listing set suspect = true where name = 'b.test'`.execute(tx)
    const ann = await givenStaff(ctx, 'finance')
    const paymentId = await paymentOf(ctx, backorderId)
    await proposeRefund(ann, { paymentId, amountMinor: 1n, reasonCode: 'other', note: 'x' })

    const today = await getToday(ann)

    expect(today.listings).toMatchObject({ open: 2, caught: 1, lost: 0 })
    expect(today.backorders).toMatchObject({ backordered: 1, successful: 1, failed: 0 })
    expect(today.waiting).toMatchObject({
      quarantinedRuns: 0,
      proposedRefunds: 1,
      oldestProposedRefundAt: expect.any(Date),
      financeTasks: 0,
      oldestFinanceTaskAt: null,
      suspectListings: 1,
      ambiguousTargets: 0,
    })
    expect(today.nextWindows).toMatchObject([{ zone: 'test', listings: 2, held: 1 }])
    expect(today.syncs.lastPublished).toMatchObject({ state: 'published', counts: { added: 2 } })

    await sql`update listing set ended_at = ended_at - interval '25 hours' where ended_at is not null`.execute(
      tx,
    )
    expect((await getToday(ann)).listings).toMatchObject({ caught: 0 })
  }))

test('the invariants hold in a valid database', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenDecided(ctx, 'registered')
    await givenListings(ctx, { names: ['a.test'], purgeAt: inMinutes(600) })
    await placeBackorder(await givenAccount(ctx), { name: 'a.test', payment: 'balance' })
    expect(await proveInvariants(await givenStaff(ctx, 'operator'))).toMatchObject({
      holds: true,
      backorders: { undecided: 1, successful: 1, failed: 0 },
      listingsWon: 2,
      escrowMinor: { USD: PRICE_MINOR },
      ledgerSumMinor: { USD: 0n },
    })
  }))

type Break = readonly [invariant: string, outcome: 'registered' | 'lost', statements: readonly string[]]
/** The constraint is dropped first, so that the proof finds something. */
const breaks: readonly Break[] = [
  [
    'one_winner_per_name',
    'registered',
    [
      'drop index one_backorder_per_listing',
      'drop index one_live_backorder_per_name',
      `insert into backorder select gen_random_uuid(), listing_id, name, account_id, state, price_minor, currency,
        created_at, pay_by, secured_at, decided_at, settled_at from backorder`,
    ],
  ],
  ['one_story_per_outcome', 'registered', [`update listing set state = 'lost'`]],
  [
    'ledger_sums_to_zero',
    'lost',
    [
      'drop trigger posting_is_append_only on posting',
      `update posting set amount_minor = amount_minor + 1 where ledger_account = 'provider_clearing'`,
    ],
  ],
  [
    'escrow_holds_the_undecided',
    'lost',
    [
      'drop trigger posting_is_append_only on posting',
      `update posting set amount_minor = amount_minor + 1 where ledger_account = 'escrow'`,
    ],
  ],
  [
    'balances_equal_postings',
    'lost',
    [
      'drop trigger balance_moves_only_by_posting on account',
      'update account set balance_minor = balance_minor + 1',
    ],
  ],
  [
    'every_failure_is_refunded',
    'lost',
    ['drop trigger failed_refund_is_a_task on refund', `update refund set state = 'failed'`],
  ],
  [
    'card_money_is_where_it_belongs',
    'lost',
    [
      'drop trigger card_money_is_where_it_belongs on payment',
      `insert into payment (id, account_id, purpose, method, state, amount_minor, captured_minor, currency, created_at)
        select gen_random_uuid(), id, 'top_up', 'card', 'succeeded', 1, 1, 'USD', now() from account`,
    ],
  ],
  [
    'no_refund_exceeds_its_payment',
    'lost',
    [
      'drop trigger refunds_within_captured on refund',
      'drop trigger refund_terms_are_final on refund',
      'update refund set amount_minor = amount_minor + 1',
    ],
  ],
  [
    'audit_chain_is_whole',
    'lost',
    [
      'drop trigger audit_is_append_only on audit_entry',
      `update audit_entry set reason = 'another' where seq = 1`,
    ],
  ],
]
for (const [invariant, outcome, statements] of breaks) {
  test(`a violation of ${invariant} is found`, () =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      await givenDecided(ctx, outcome)
      const operator = await givenStaff(ctx, 'operator')
      expect(await proveInvariants(operator)).toMatchObject({ holds: true })
      await unwatchMachines(tx)
      for (const statement of statements) await sql.raw(statement).execute(tx)
      const { holds, invariants } = await proveInvariants(operator)
      expect(holds).toBe(false)
      expect(invariants.filter(({ violations }) => violations > 0).map(({ name }) => name)).toContain(
        invariant,
      )
    }))
}

test('a viewer may not read the invariants', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenArmed(ctx)
    await expect(proveInvariants(await givenStaff(ctx, 'viewer'))).rejects.toMatchObject({
      code: 'forbidden',
    })
  }))
