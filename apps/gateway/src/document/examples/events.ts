import type { AccountTopic, EventData } from '@droplock/rules/events'
import { at, id, price, schedule, usd } from './story.ts'

/** What a webhook says, by its topic. */
type EventExamples = {
  readonly [Of in AccountTopic]?: { readonly timestamp: string; readonly data: EventData<Of> }
}

const order = {
  id: id.won,
  name: 'example.com',
  price,
  created_at: at.ordered,
  ...schedule,
  reference: 'PO-2026-0815',
  metadata: { customer: 'c-1881' },
}

const secured = { ...order, state: 'backordered', secured_at: at.ordered } as const
const card = { ...order, id: id.lost, name: 'example.net' }
const held = { ...card, state: 'pending_payment', pay_by: at.payBy } as const

const lostRefund = {
  id: id.refund,
  state: 'approved',
  destination: 'original_payment',
  amount: price,
} as const

const renewalOrder = {
  id: id.renewal,
  registration_id: id.registration,
  backorder_id: id.won,
  name: 'example.com',
  years: 1,
  price: usd(1_500),
  quoted_expires_at: at.expiry,
  created_at: '2027-01-20T12:00:00.000Z',
}

const registration = {
  id: id.registration,
  backorder_id: id.won,
  name: 'example.com',
  created_at: at.caught,
  expires_at: at.expiry,
  renewable_until: '2027-03-17T19:00:00.412Z',
}

const change = {
  id: id.request,
  registration_id: id.registration,
  name: 'example.com',
  created_at: '2026-02-16T08:02:11.640Z',
  decided_at: '2026-02-16T08:02:12.115Z',
} as const

const refund = {
  id: id.refund,
  payment_id: id.payment,
  name: 'example.net',
  backorder_id: id.lost,
  cause: 'backorder_failed',
  destination: 'original_payment',
  amount: price,
  created_at: at.decided,
  decided_at: at.refunded,
} as const

const payment = {
  id: id.payment,
  purpose: 'backorder',
  method: 'card',
  amount: price,
  name: 'example.net',
  backorder_id: id.lost,
  created_at: at.ordered,
  pay_by: at.payBy,
} as const

const topUp = { id: id.account, amount: usd(5_000), balance: usd(5_000), payment_id: id.topUp }

const invoice = {
  id: id.invoice,
  kind: 'invoice',
  number: 'INV-2026-000042',
  issued_at: '2026-02-16T09:00:00.000Z',
  name: 'example.com',
  backorder_id: id.won,
  gross: price,
  net: usd(1_545),
  tax: usd(355),
} as const

const watch = {
  id: '01985f5b-91d3-7c20-8f3a-2d7b5e9c4a61',
  name: 'example.org',
  listing_id: '01985f5b-92a0-7e14-b6c8-5a1f3d7e9b02',
  ...schedule,
}

const endpoint = {
  id: id.endpoint,
  url: 'https://shop.example.com/droplock',
  description: 'the shop',
  created_at: '2026-02-01T08:00:00.000Z',
}

export const eventExamples: EventExamples = {
  'backorder.held': { timestamp: at.ordered, data: held },
  'backorder.hold_lapsing': { timestamp: '2026-02-12T10:25:02.311Z', data: held },
  'backorder.expired': {
    timestamp: at.payBy,
    data: { ...held, state: 'expired', expired_reason: 'lapsed', decided_at: at.payBy },
  },
  'backorder.secured': { timestamp: at.ordered, data: secured },
  'backorder.rescheduled': {
    timestamp: '2026-02-13T09:30:00.000Z',
    data: {
      ...secured,
      cutoff_at: '2026-02-16T15:00:00.000Z',
      drop_from: '2026-02-16T19:00:00.000Z',
      drop_to: '2026-02-16T20:00:00.000Z',
    },
  },
  'backorder.premium_flagged': { timestamp: '2026-02-14T11:20:09.733Z', data: secured },
  'backorder.contact_refused': {
    timestamp: '2026-02-12T10:15:09.004Z',
    data: {
      ...secured,
      refused_contact: {
        contact_id: id.contact,
        version: 1,
        roles: ['registrant'],
        answer_code: 2005,
        answer_message: 'Parameter value syntax error',
      },
    },
  },
  'backorder.contact_pending': {
    timestamp: '2026-02-15T09:00:12.480Z',
    data: { ...secured, pending_contact: { contact_id: id.contact, version: 1, roles: ['registrant'] } },
  },
  'backorder.registering': { timestamp: at.dropFrom, data: { ...secured, state: 'registering' } },
  'backorder.successful': {
    timestamp: at.decided,
    data: {
      ...secured,
      state: 'successful',
      decided_at: at.decided,
      settled_at: at.caught,
      expires_at: at.expiry,
    },
  },
  'backorder.failed': {
    timestamp: at.decided,
    data: {
      ...card,
      state: 'failed',
      secured_at: '2026-02-12T10:17:41.902Z',
      decided_at: at.decided,
      failure_reason: 'lost',
      refund: lostRefund,
      outcome: {
        result: 'lost',
        code: 2302,
        basis: 'info',
        holder_clid: 'rival-a',
        winner_created_at: '2026-02-15T19:00:00.171Z',
        lost_by: { min_ms: 14, max_ms: 43 },
      },
    },
  },
  'renewal.paid': {
    timestamp: '2027-01-20T12:00:00.000Z',
    data: { ...renewalOrder, state: 'paid', paid_at: '2027-01-20T12:00:00.000Z' },
  },
  'renewal.expired': {
    timestamp: '2027-01-20T12:15:00.000Z',
    data: { ...renewalOrder, state: 'expired', pay_by: '2027-01-20T12:15:00.000Z' },
  },
  'renewal.successful': {
    timestamp: '2027-01-20T12:00:02.318Z',
    data: {
      ...renewalOrder,
      state: 'successful',
      paid_at: '2027-01-20T12:00:00.000Z',
      new_expires_at: '2028-02-15T19:00:00.412Z',
      decided_at: '2027-01-20T12:00:02.318Z',
    },
  },
  'renewal.failed': {
    timestamp: '2027-01-20T12:00:02.318Z',
    data: {
      ...renewalOrder,
      state: 'failed',
      paid_at: '2027-01-20T12:00:00.000Z',
      failure_reason: 'not_held',
      decided_at: '2027-01-20T12:00:02.318Z',
      refund: { ...lostRefund, amount: usd(1_500) },
    },
  },
  'registration.expiring': { timestamp: '2027-01-16T19:00:00.412Z', data: registration },
  'registration.expired': { timestamp: at.expiry, data: registration },
  'registration.auto_renewed': {
    timestamp: '2027-02-15T20:10:00.000Z',
    data: { ...registration, auto_renewed_until: '2028-02-15T19:00:00.412Z' },
  },
  'registration.deletion_requested': {
    timestamp: '2027-03-17T19:00:01.000Z',
    data: { ...registration, deletion_requested_at: '2027-03-17T19:00:01.000Z' },
  },
  'registration.ended': {
    timestamp: '2027-03-17T19:00:02.610Z',
    data: { ...registration, ended_at: '2027-03-17T19:00:02.610Z', end_reason: 'deleted' },
  },
  'registration_request.succeeded': {
    timestamp: change.decided_at,
    data: { ...change, kind: 'name_servers', state: 'succeeded' },
  },
  'registration_request.failed': {
    timestamp: change.decided_at,
    data: {
      ...change,
      kind: 'name_servers',
      state: 'failed',
      failure_reason: 'refused',
      answer_code: 2303,
      answer_message: 'Object does not exist',
    },
  },
  'refund.succeeded': { timestamp: at.refunded, data: { ...refund, state: 'succeeded' } },
  'refund.failed': { timestamp: at.refunded, data: { ...refund, state: 'failed' } },
  'payment.failed': { timestamp: '2026-02-12T10:17:41.902Z', data: { ...payment, state: 'failed' } },
  'payment.disputed': {
    timestamp: '2026-02-20T08:00:00.000Z',
    data: { ...payment, state: 'disputed', disputed: price },
  },
  'payment.dispute_won': { timestamp: '2026-03-02T08:00:00.000Z', data: { ...payment, state: 'succeeded' } },
  'payment.charged_back': {
    timestamp: '2026-03-02T08:00:00.000Z',
    data: { ...payment, state: 'charged_back', disputed: price },
  },
  'account.topped_up': { timestamp: '2026-02-12T10:16:00.000Z', data: topUp },
  'account.top_up_reversed': {
    timestamp: '2026-02-20T08:00:00.000Z',
    data: { ...topUp, amount: usd(-5_000), balance: usd(0) },
  },
  'account.credited': {
    timestamp: '2026-02-21T11:30:00.000Z',
    data: {
      id: id.account,
      amount: usd(1_000),
      balance: usd(6_000),
      goodwill_credit_id: '01985f61-4d0a-7c3e-9b52-6e8f1a2b3c4d',
    },
  },
  'watch.cutoff_near': { timestamp: '2026-02-15T14:00:09.204Z', data: watch },
  'watch.rescheduled': { timestamp: '2026-02-13T09:30:00.000Z', data: watch },
  'drop_list.published': {
    timestamp: '2026-02-12T09:31:12.008Z',
    data: {
      id: '01985f5d-07c2-7b4f-8a61-9f3e2c5d7b18',
      made_at: '2026-02-12T09:31:07.915Z',
      names: 81_204,
      bytes: 911_347,
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      zones: [
        { zone: 'com', names: 74_118 },
        { zone: 'net', names: 7_086 },
      ],
    },
  },
  'balance.low': {
    timestamp: at.ordered,
    data: { id: id.account, balance: usd(4_100), low_balance: usd(5_000) },
  },
  'invoice.issued': { timestamp: invoice.issued_at, data: invoice },
  'webhook_endpoint.tested': { timestamp: '2026-02-01T08:01:30.512Z', data: endpoint },
  'webhook_endpoint.disabled': {
    timestamp: '2026-02-21T04:12:45.090Z',
    data: {
      ...endpoint,
      disabled_at: '2026-02-21T04:12:45.090Z',
      disabled_reason: 'failing',
      failing_since: '2026-02-16T04:10:12.733Z',
    },
  },
  'credit_note.issued': {
    timestamp: '2026-03-02T09:00:00.000Z',
    data: {
      ...invoice,
      id: '01985f5a-2c71-7b08-9d4e-6f1a3c8b5e27',
      kind: 'credit_note',
      number: 'CN-2026-000003',
      issued_at: '2026-03-02T09:00:00.000Z',
      credits_invoice_id: id.invoice,
      refund_id: id.refund,
    },
  },
}

/** The whole event, as a webhook's body has it. */
export function eventExampleOf(topic: AccountTopic): object | undefined {
  const example = eventExamples[topic]
  return example && { id: '01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58', type: topic, ...example }
}
