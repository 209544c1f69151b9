import { expect, test } from 'vitest'
import {
  type DisputeFacts,
  disputeStageOf,
  requireAnswerable,
  whyNotAnswer,
} from '../../src/disputes/answer.ts'
import { evidenceFields, withoutEmpty } from '../../src/disputes/evidence.ts'
import { type CaseFacts, suggestEvidence } from '../../src/disputes/suggest.ts'
import { money } from '../../src/money.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const later = (ms: number) => new Date(NOW.getTime() + ms)

const open: DisputeFacts = {
  state: 'open',
  answeredAt: null,
  evidenceDueAt: later(1),
  evidenceState: null,
}

test.each<[string, Partial<DisputeFacts>, string | undefined]>([
  ['open', {}, undefined],
  ['open with a draft', { evidenceState: 'draft' }, undefined],
  ['open with evidence that was refused', { evidenceState: 'refused' }, undefined],
  ['open without a known deadline', { evidenceDueAt: null }, undefined],
  ['open at its deadline', { evidenceDueAt: NOW }, 'dispute_deadline_passed'],
  ['being answered', { evidenceState: 'submitting' }, 'evidence_submitted'],
  ['answered', { evidenceState: 'submitted' }, 'evidence_submitted'],
  ['answered in the provider’s own pages', { answeredAt: NOW }, 'evidence_submitted'],
  ['won', { state: 'won' }, 'dispute_decided'],
  ['lost, whatever came before', { state: 'lost', evidenceState: 'submitted' }, 'dispute_decided'],
])('a dispute that is %s takes evidence, or says why not', (_case, facts, why) => {
  const given = { ...open, ...facts }
  expect(whyNotAnswer(given, NOW)).toBe(why)
  const required = () => requireAnswerable(given, NOW)
  if (why === undefined) expect(required).not.toThrow()
  else expect(required).toThrow(expect.objectContaining({ code: why }))
})

test('the stage of a dispute says whose turn it is', () => {
  expect(disputeStageOf(open)).toBe('needs_response')
  expect(disputeStageOf({ ...open, answeredAt: NOW })).toBe('under_review')
  expect(disputeStageOf({ ...open, state: 'won', answeredAt: NOW })).toBe('won')
  expect(disputeStageOf({ ...open, state: 'lost' })).toBe('lost')
})

test('fields that say nothing are left out', () => {
  expect(withoutEmpty({ customer_name: '  Ann ', service_date: ' \n ', billing_address: '' })).toEqual({
    customer_name: 'Ann',
  })
})

const registered: CaseFacts = {
  purpose: 'backorder',
  paid: money(6_900n, 'USD'),
  accountName: 'Harbour',
  customer: { name: 'Harbour Ltd', email: 'pay@harbour.example', address: '1 Quay', country: 'IE' },
  name: 'wanted.test',
  reference: 'PO-7',
  orderedAt: new Date('2026-11-10T10:00:00Z'),
  paidAt: new Date('2026-11-10T10:00:09Z'),
  attempts: {
    count: 212,
    firstAt: new Date('2026-11-12T18:00:00Z'),
    lastAt: new Date('2026-11-12T18:00:01Z'),
  },
  deliveredAt: new Date('2026-11-12T18:00:01.5Z'),
  invoices: ['INV-2026-0007'],
  refunds: [],
}

test('the suggested evidence has the case in the order of its times, from our records alone', () => {
  const evidence = suggestEvidence(registered)
  expect(evidence.access_activity_log?.split('\n')).toEqual([
    '2026-11-10 10:00:00 UTC  ordered by the customer with the API key of the account under the customer’s own reference PO-7',
    '2026-11-10 10:00:09 UTC  paid by card: 69.00 USD',
    '2026-11-12 18:00:00 UTC  first of 212 registration commands sent to the registry',
    '2026-11-12 18:00:01 UTC  last registration command sent',
    '2026-11-12 18:00:01 UTC  wanted.test registered for the customer, by the registry’s own time',
  ])
  expect(evidence).toMatchObject({
    service_date: '2026-11-12',
    customer_name: 'Harbour Ltd',
    customer_email_address: 'pay@harbour.example',
    billing_address: '1 Quay\nIE',
    uncategorized_text: 'Invoices issued to the customer: INV-2026-0007.',
  })
  expect(evidence.refund_refusal_explanation).toContain(
    'wanted.test was registered at 2026-11-12 18:00:01 UTC',
  )
  for (const field of Object.keys(evidence)) expect(evidenceFields).toContain(field)
})

test('a failed order that was refunded says so, and claims no registration', () => {
  const { deliveredAt: _, customer: __, ...rest } = registered
  const refund = { amount: money(6_900n, 'USD'), state: 'succeeded', at: NOW } as const
  const evidence = suggestEvidence({
    ...rest,
    failedReason: 'lost',
    invoices: [],
    refunds: [{ ...refund, destination: 'balance' }],
  })
  expect(evidence.refund_refusal_explanation).toBe(
    '69.00 USD was refunded to the account balance at 2026-11-20 12:00:00 UTC.',
  )
  expect(evidence.access_activity_log).toContain('The order failed: lost.')
  expect(evidence.customer_name).toBe('Harbour')
  expect(JSON.stringify(evidence)).not.toContain('registered for the customer')
  expect(evidence.uncategorized_text).toBeUndefined()
})

test('a top-up is described without rules of orders', () => {
  const evidence = suggestEvidence({
    purpose: 'top_up',
    paid: money(50_000n, 'USD'),
    accountName: 'Harbour',
    paidAt: NOW,
    invoices: [],
    refunds: [],
  })
  expect(evidence.product_description).toContain('Prepayment of 500.00 USD')
  expect(evidence.service_date).toBe('2026-11-20')
  expect(evidence.cancellation_policy_disclosure).toBeUndefined()
})
