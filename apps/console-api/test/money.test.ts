import { AuditList } from '@droplock/contracts/console/audit'
import { BackorderDetail, BackorderList } from '@droplock/contracts/console/backorders'
import { Refund, RefundList } from '@droplock/contracts/console/refund'
import { beforeAll, describe, expect, test } from 'vitest'
import { givenDecided, NAME } from '../../../packages/core/test/support/held.ts'
import { paymentOf } from '../../../packages/core/test/support/payment-of.ts'
import { PRICE_MINOR, REGISTRY_ACCOUNT } from '../../../packages/core/test/support/world.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

const world = useWorld()
let backorderId: string
let paymentId: string
let finance: Person
let approver: Person
beforeAll(async () => {
  const attempt = {
    clTRID: 'DL-one',
    targetId: '',
    registryAccountId: REGISTRY_ACCOUNT,
    command: 'create',
    sentAt: new Date('2026-02-15T13:00:00.123Z'),
    answeredAt: new Date('2026-02-15T13:00:00.135Z'),
    roundTripUs: 12_417,
    outcome: 'answered',
    code: 1000,
    message: 'done',
    svTRID: 'SV-one',
  } as const
  ;({ backorderId } = await givenDecided(world.ctx, 'registered', () => [attempt]))
  paymentId = await paymentOf(world.ctx, backorderId)
  finance = await givenPerson(world, 'finance')
  approver = await givenPerson(world, 'finance_approver')
})

const price = { amount_minor: Number(PRICE_MINOR), currency: 'USD' }
const propose = (who: Person, amount_minor: number, note = 'a late answer') =>
  who.send({
    method: 'POST',
    path: '/api/refunds',
    body: { payment_id: paymentId, amount_minor, reason_code: 'goodwill', note },
  })
const decide = (who: Person, id: string, what: 'approve' | 'reject', body: unknown) =>
  who.send({ method: 'POST', path: `/api/refunds/${id}/${what}`, body })

test('the list and the case of a backorder have the reference of the reseller', async () => {
  const { db } = world.ctx
  await db.updateTable('backorder').set({ reference: 'PO-1' }).where('id', '=', backorderId).execute()
  const list = await expectBody(await finance.send({ path: '/api/backorders' }), 200, BackorderList)
  expect(list.items).toMatchObject([{ id: backorderId, reference: 'PO-1' }])
  const found = await finance.send({ path: `/api/backorders/${backorderId}` })
  expect(await expectBody(found, 200, BackorderDetail)).toMatchObject({ reference: 'PO-1' })
})

async function countBackorders(query: string): Promise<number> {
  const list = await finance.send({ path: `/api/backorders?${query}` })
  return (await expectBody(list, 200, BackorderList)).total
}

describe('a backorder', () => {
  test('is one timeline of order, payment, attempts with milliseconds and codes, and outcome', async () => {
    const found = await finance.send({ path: `/api/backorders/${backorderId}` })
    const backorder = await expectBody(found, 200, BackorderDetail)
    expect(backorder).toMatchObject({
      name: NAME,
      state: 'successful',
      price,
      captured: price,
      target: { state: 'registered', decided_code: 1000, holder_clid: 'droplock' },
      attempts_total: 1,
    })
    const kinds = backorder.timeline.map(({ kind }) => kind)
    expect(kinds).toEqual(expect.arrayContaining(['ordered', 'payment', 'armed', 'attempt', 'decided']))
    const times = backorder.timeline.map(({ at }) => at)
    expect(times).toEqual(times.toSorted())
    expect(backorder.timeline).toContainEqual({
      kind: 'attempt',
      at: '2026-02-15T13:00:00.123Z',
      command: 'create',
      outcome: 'answered',
      code: 1000,
      message: 'done',
      round_trip_ms: 12.417,
      registry_account_id: REGISTRY_ACCOUNT,
      cltrid: 'DL-one',
      svtrid: 'SV-one',
      decided: true,
    })
    expect(backorder.timeline).toContainEqual(expect.objectContaining({ kind: 'ordered', price }))
  })

  test('is found by name, state and account', async () => {
    expect(await countBackorders(`q=wanted&state=successful&sort=created_at&order=asc`)).toBe(1)
    expect(await countBackorders('failure_reason=lost')).toBe(0)
    expect(await countBackorders('account_id=01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44')).toBe(0)
  })

  test('of an id that is none is not there', async () => {
    const path = '/api/backorders/01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44'
    await expectProblem(await finance.send({ path }), 'backorder_not_found')
  })
})

describe('a refund', () => {
  test('is proposed by one, approved by another, and then moves once', async () => {
    const proposal = await propose(finance, 500)
    const refund = await expectBody(proposal, 201, Refund)
    expect(proposal.headers.get('Location')).toBe(`/api/refunds/${refund.id}`)
    expect(refund).toMatchObject({
      state: 'proposed',
      amount: { amount_minor: 500, currency: 'USD' },
      proposed_by: { id: finance.id },
    })
    const { terms_hash } = refund
    await expectProblem(await decide(finance, refund.id, 'approve', { terms_hash }), 'forbidden')
    const other = { terms_hash: '0'.repeat(64) }
    await expectProblem(await decide(approver, refund.id, 'approve', other), 'refund_changed')
    await expectProblem(await decide(approver, refund.id, 'approve', {}), 'invalid_request')

    const approved = await decide(approver, refund.id, 'approve', { terms_hash, note: 'agreed' })
    expect(await expectBody(approved, 200, Refund)).toMatchObject({
      state: 'succeeded',
      decided_by: { id: approver.id },
      decision_note: 'agreed',
    })
    const again = await decide(approver, refund.id, 'approve', { terms_hash })
    await expectProblem(again, 'refund_already_decided')

    const audit = await finance.send({ path: `/api/audit?subject_type=refund&subject_id=${refund.id}` })
    expect((await expectBody(audit, 200, AuditList)).items).toMatchObject([
      { action: 'refund.approved', actor_id: approver.id },
      { action: 'refund.proposed', actor_id: finance.id },
    ])
  })

  test('cannot be decided by the person who proposed it, whatever their roles', async () => {
    const { id, terms_hash } = await expectBody(await propose(approver, 100), 201, Refund)
    await expectProblem(await decide(approver, id, 'approve', { terms_hash }), 'decider_is_proposer')
    await expectProblem(await decide(approver, id, 'reject', { note: 'x' }), 'decider_is_proposer')
    const other = await givenPerson(world, 'finance_approver')
    await expectProblem(await decide(other, id, 'reject', { note: ' ' }), 'reason_required')
    const rejected = await decide(other, id, 'reject', { note: 'not our fault' })
    expect(await expectBody(rejected, 200, Refund)).toMatchObject({
      state: 'rejected',
      decision_note: 'not our fault',
    })
  })

  test('is never more than what remains', async () => {
    const problem = await expectProblem(await propose(finance, 1_401), 'refund_exceeds_remaining')
    expect(problem['remaining_minor']).toBe(1_400)
    for (const amount of [0, -1, 1.5, '100']) {
      const asked = propose(finance, amount as number)
      await expectProblem(await asked, 'invalid_request')
    }
    await expectProblem(await propose(finance, 1, ' '), 'reason_required')
  })
})

describe('refunds', () => {
  test('wait in a queue that can be filtered', async () => {
    const { id } = await expectBody(await propose(finance, 10), 201, Refund)
    const queue = await finance.send({
      path: `/api/refunds?state=proposed&cause=manual&backorder_id=${backorderId}`,
    })
    expect(await expectBody(queue, 200, RefundList)).toMatchObject({ total: 1, items: [{ id, name: NAME }] })
    expect(await expectBody(await finance.send({ path: `/api/refunds/${id}` }), 200, Refund)).toMatchObject({
      id,
    })
    await expectProblem(
      await finance.send({ path: '/api/refunds/01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44' }),
      'refund_not_found',
    )
  })

  test('notify the customer unless the person who makes one says no, proposed or alone, and every list shows which', async () => {
    const body = { payment_id: paymentId, amount_minor: 1, reason_code: 'other', note: 'said by phone' }
    for (const path of ['/api/refunds', '/api/refunds/complete']) {
      for (const [said, notify] of [
        [{}, true],
        [{ notify: true }, true],
        [{ notify: false }, false],
      ] as const) {
        const made = await finance.send({ method: 'POST', path, body: { ...body, ...said } })
        const { id } = await expectBody(made, 201, Refund)
        const list = await finance.send({ path: `/api/refunds?backorder_id=${backorderId}&per_page=50` })
        const { items } = await expectBody(list, 200, RefundList)
        expect(items.find((refund) => refund.id === id)).toMatchObject({ notify })
      }
    }
    const silent = { ...body, notify: 'no' }
    const wrong = await finance.send({ method: 'POST', path: '/api/refunds/complete', body: silent })
    await expectProblem(wrong, 'invalid_request')
  })
})
