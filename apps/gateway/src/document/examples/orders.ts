import { at, id, one, price, type SchemaExamples, schedule, toPay, usd } from './story.ts'

export const listing = {
  name: 'example.com',
  zone: 'com',
  cycle: 1,
  state: 'open',
  orderable: true,
  held: false,
  held_by_you: false,
  premium: false,
  reserved: false,
  suspect: false,
  price,
  opens_at: at.published,
  ...schedule,
}

const base = { name: 'example.com', price, created_at: at.ordered, ...schedule }
const own = { reference: 'PO-2026-0815', metadata: { customer: 'c-1881' } }
const contacts = [{ role: 'registrant', contact_id: id.contact, version: 1, state: 'pending' }]

const secured = { id: id.won, ...base, state: 'backordered', secured_at: at.ordered, ...own }
const held = { id: id.lost, ...base, name: 'example.net', state: 'pending_payment', pay_by: at.payBy }

export const cardPayment = {
  id: id.payment,
  purpose: 'backorder',
  method: 'card',
  state: 'requires_action',
  amount: price,
  name: 'example.net',
  backorder_id: id.lost,
  secures: false,
  created_at: at.ordered,
  pay_by: at.payBy,
  ...toPay,
}

const released = { ...held, state: 'expired', expired_reason: 'released', decided_at: at.ordered }

const tooEarly = {
  command: 'create',
  sent_at: '2026-02-15T19:00:00.188Z',
  outcome: 'answered',
  round_trip_ms: 12.417,
  code: 2302,
  message: 'Object exists',
  cltrid: 'dl-0c4d7a85-17',
  svtrid: 'SRV-88213-17',
  decided: false,
}

const winning = {
  ...tooEarly,
  sent_at: '2026-02-15T19:00:00.406Z',
  round_trip_ms: 11.902,
  code: 1000,
  message: 'Command completed successfully',
  cltrid: 'dl-0c4d7a85-18',
  svtrid: 'SRV-88213-18',
  decided: true,
}

const won = {
  ...secured,
  state: 'successful',
  decided_at: at.decided,
  settled_at: at.caught,
  contacts: [{ ...contacts[0], state: 'created', handle: 'DL2OYI51G9CUUU3' }],
  attempts: [winning, tooEarly],
  deciding_attempt: winning,
  outcome: { result: 'registered', code: 1000, basis: 'create' },
  expires_at: at.expiry,
  payments: [
    {
      id: id.won,
      purpose: 'backorder',
      method: 'balance',
      state: 'succeeded',
      amount: price,
      name: 'example.com',
      backorder_id: id.won,
      secures: true,
      created_at: at.ordered,
    },
  ],
  refunds: [],
}

const lost = {
  ...held,
  state: 'failed',
  secured_at: '2026-02-12T10:17:41.902Z',
  decided_at: at.decided,
  failure_reason: 'lost',
  contacts: [],
  attempts: [{ ...tooEarly, decided: true }],
  deciding_attempt: { ...tooEarly, decided: true },
  outcome: {
    result: 'lost',
    code: 2302,
    basis: 'info',
    holder_clid: 'rival-a',
    winner_created_at: '2026-02-15T19:00:00.171Z',
    lost_by: { min_ms: 14, max_ms: 43 },
    lost_by_ms: 17,
  },
  payments: [
    {
      id: id.payment,
      purpose: 'backorder',
      method: 'card',
      state: 'succeeded',
      amount: price,
      name: 'example.net',
      backorder_id: id.lost,
      secures: true,
      created_at: at.ordered,
      pay_by: at.payBy,
    },
  ],
  refunds: [
    {
      id: id.refund,
      cause: 'backorder_failed',
      state: 'processing',
      destination: 'original_payment',
      amount: price,
      created_at: at.decided,
    },
  ],
}

const refund = {
  id: id.refund,
  cause: 'backorder_failed',
  state: 'succeeded',
  destination: 'original_payment',
  amount: price,
  created_at: at.decided,
  decided_at: at.refunded,
  payment_id: id.payment,
  method: 'card',
  backorder_id: id.lost,
  name: 'example.net',
}

const timeline = [
  { at: at.ordered, kind: 'ordered', text: 'You ordered the name for 19.00 USD.', amount: price },
  { at: at.ordered, kind: 'secured', text: 'The order was paid, and the name was secured for you.' },
  {
    at: winning.sent_at,
    kind: 'deciding_attempt',
    text: 'The registry answered 1000 (Command completed successfully). That decided the result.',
    code: 1000,
  },
  { at: at.decided, kind: 'decided', text: 'The name was registered for you.', state: 'successful' },
]

const bulkOrder = {
  id: id.bulkOrder,
  state: 'finished',
  items: 2,
  waiting: 0,
  placed: 1,
  refused: 1,
  created_at: at.ordered,
  finished_at: '2026-02-12T10:15:04.341Z',
}

/** Of listings, orders and their payments. */
export const orderExamples: SchemaExamples = {
  Listing: one(listing, 'A name that can be ordered'),
  ListingPage: one({ items: [listing], total: 1, total_is_exact: true }, 'The only name that was found'),
  PlaceBackorder: {
    balance: {
      summary: 'From the balance',
      value: { name: 'example.com', payment: 'balance', expected_price: price, ...own },
    },
    card: {
      summary: 'By card',
      value: {
        name: 'example.net',
        payment: 'card',
        return_url: 'https://shop.example.com/orders/4711',
      },
    },
  },
  PlacedBackorder: {
    secured: { summary: 'Paid from the balance: the name is secured', value: secured },
    held: { summary: 'By card: the name is held until it is paid', value: { ...held, payment: cardPayment } },
  },
  Backorder: one({ ...secured, contacts }, 'A secured name'),
  BackorderPage: one({ items: [{ ...secured, contacts }], next: id.won }, 'A page, and there are more'),
  BackorderDetail: {
    successful: { summary: 'The name was registered', value: won },
    failed: { summary: 'Another registrar was faster; the card payment is refunded', value: lost },
  },
  AttemptPage: one({ items: [winning, tooEarly] }, 'All attempts for a name'),
  OrderCheck: {
    acceptable: {
      summary: 'The order would be accepted',
      value: {
        name: 'example.com',
        unicode_name: 'example.com',
        acceptable: true,
        reasons: [],
        payment: 'balance',
        price,
        balance_after: usd(98_100),
        opens_at: at.published,
        ...schedule,
      },
    },
    refused: {
      summary: 'It would be refused, for this reason',
      value: {
        name: 'example.net',
        unicode_name: 'example.net',
        acceptable: false,
        reasons: [
          {
            code: 'hold_too_late',
            detail: 'Orders close too soon to hold the name unpaid.',
            retryable: false,
          },
        ],
        payment: 'card',
        price,
        opens_at: at.published,
        ...schedule,
      },
    },
  },
  BackorderTimeline: one({ items: timeline }, 'A successful order, from the order to the result'),
  RefundDetail: one(refund, 'The refund of a name that was lost'),
  RefundPage: one({ items: [refund] }),
  Payment: one(cardPayment, 'A card payment that waits for its payer'),
  PaymentDetail: one({ ...lost.payments[0], refunds: lost.refunds }, 'A payment that is being refunded'),
  PayForName: one({ name: 'example.org', return_url: 'https://shop.example.com/orders/4712' }),
  CreateBulkOrder: one({
    items: [
      { name: 'example.com', expected_price: price, reference: 'PO-2026-0815' },
      { name: 'example.net' },
    ],
  }),
  BulkOrder: one(bulkOrder, 'One name was ordered and one was refused'),
  BulkOrderItemPage: one({
    items: [
      { position: 0, name: 'example.com', reference: 'PO-2026-0815', state: 'placed', backorder_id: id.won },
      {
        position: 1,
        name: 'example.net',
        state: 'refused',
        problem: { code: 'name_taken', detail: 'Another customer holds this name.', retryable: false },
      },
    ],
  }),
}

/** Answers of operations whose schema has another example. */
export const orderAnswers: SchemaExamples = {
  releaseBackorder: one({ ...released, contacts: [] }, 'The name is available to others'),
  payForName: one(
    {
      ...cardPayment,
      id: id.topUp,
      name: 'example.org',
      backorder_id: undefined,
    },
    'The first captured payment secures the name',
  ),
  payRenewal: one({
    ...cardPayment,
    id: id.renewalPayment,
    purpose: 'renewal',
    amount: usd(1_500),
    name: 'example.com',
    backorder_id: undefined,
    renewal_id: id.renewal,
  }),
  topUp: one(
    {
      ...cardPayment,
      id: id.topUp,
      purpose: 'top_up',
      amount: usd(5_000),
      name: undefined,
      backorder_id: undefined,
      pay_by: '2026-02-13T10:15:04.218Z',
    },
    'A top-up that waits for its payer',
  ),
}
