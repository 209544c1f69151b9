import { contactRoles } from '@droplock/rules/contacts'
import { outcomeBases } from '@droplock/rules/drop/outcome'
import { type AccountTopic, accountTopics, endpointDisabledReasons, topicTable } from '@droplock/rules/events'
import { z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time } from './common/primitives.ts'
import {
  backorderStates,
  basisText,
  expiredReasons,
  failureReasons,
  LostBy,
  outcomes,
  paymentMethods,
  paymentPurposes,
  paymentStates,
  refundCauses,
  refundDestinations,
  refundStates,
  registrationEnds,
  registrationRequestFailures,
  registrationRequestKinds,
  registrationRequestStates,
  renewalFailures,
  renewalStates,
} from './common/words.ts'

// What events hold, in the feed, in the stream and in the bodies of webhooks. A test compares it with the snapshots of rules/events.

const orderedContact = { contact_id: Id, version: z.int(), roles: z.array(z.enum(contactRoles)) }

const OwnRefund = z.object({
  id: Id,
  state: z.enum(refundStates),
  destination: z.enum(refundDestinations),
  amount: Money,
})

const backorder = z.object({
  id: Id,
  name: DomainName,
  state: z.enum(backorderStates),
  price: Money,
  created_at: Time,
  pay_by: Time.optional(),
  secured_at: Time.optional(),
  cutoff_at: Time,
  drop_from: Time,
  drop_to: Time,
  decided_at: Time.optional(),
  settled_at: Time.optional().openapi({ description: "The registry's creation date of the registration" }),
  expires_at: Time.optional().openapi({ description: 'The end of that registration' }),
  failure_reason: z.enum(failureReasons).optional(),
  expired_reason: z.enum(expiredReasons).optional(),
  reference: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  refund: OwnRefund.optional().openapi({ description: 'Of a failed order: its refund' }),
  outcome: z
    .object({
      result: z.enum(outcomes),
      code: z.int().optional().openapi({ description: 'The EPP result code that decided the outcome' }),
      basis: z.enum(outcomeBases).optional().openapi({ description: basisText }),
      holder_clid: z.string().optional().openapi({ description: 'The registrar that holds the name now' }),
      winner_created_at: Time.optional(),
      lost_by: LostBy.optional(),
    })
    .optional()
    .openapi({ description: 'Of a failed order whose name dropped, as in `BackorderDetail.outcome`' }),
  refused_contact: z
    .object({
      ...orderedContact,
      answer_code: z.int().optional().openapi({ description: 'EPP result code' }),
      answer_message: z.string().optional(),
    })
    .optional()
    .openapi({ description: 'Of `backorder.contact_refused`: the contact that the registry refused' }),
  pending_contact: z
    .object(orderedContact)
    .optional()
    .openapi({ description: 'Of `backorder.contact_pending`: the contact that the registry has not made' }),
})

const watch = z.object({
  id: Id.openapi({ description: 'Of the watch' }),
  name: DomainName,
  listing_id: Id,
  cutoff_at: Time,
  drop_from: Time,
  drop_to: Time,
})

const dropList = z.object({
  id: Id.openapi({ description: 'For `GET /v1/drop-lists/{id}/file`' }),
  made_at: Time,
  names: z.int(),
  bytes: z.int(),
  sha256: z.string().openapi({ description: 'SHA-256 of the compressed file, in hex' }),
  zones: z.array(z.object({ zone: z.string(), names: z.int() })),
})

const renewal = z.object({
  id: Id,
  registration_id: Id,
  backorder_id: Id,
  name: DomainName,
  state: z.enum(renewalStates),
  years: z.int(),
  price: Money,
  quoted_expires_at: Time,
  new_expires_at: Time.optional(),
  failure_reason: z.enum(renewalFailures).optional(),
  created_at: Time,
  pay_by: Time.optional(),
  paid_at: Time.optional(),
  decided_at: Time.optional(),
  refund: OwnRefund.optional().openapi({ description: 'Of a failed renewal: its refund' }),
})

const registration = z.object({
  id: Id,
  backorder_id: Id,
  name: DomainName,
  created_at: Time,
  expires_at: Time.openapi({ description: 'Until when it is paid' }),
  renewable_until: Time.optional(),
  auto_renewed_until: Time.optional().openapi({
    description: 'The expiry at the registry after it renewed the name by itself',
  }),
  deletion_requested_at: Time.optional(),
  ended_at: Time.optional(),
  end_reason: z.enum(registrationEnds).optional(),
})

const registrationRequest = z.object({
  id: Id,
  registration_id: Id,
  name: DomainName,
  kind: z.enum(registrationRequestKinds),
  state: z.enum(registrationRequestStates),
  failure_reason: z.enum(registrationRequestFailures).optional(),
  answer_code: z.int().optional().openapi({ description: 'EPP result code' }),
  answer_message: z.string().optional(),
  created_at: Time,
  decided_at: Time.optional(),
  auth_code_valid_until: Time.optional(),
})

const refund = z.object({
  id: Id,
  payment_id: Id,
  name: DomainName.optional().openapi({ description: 'The domain name that was paid for' }),
  backorder_id: Id.optional(),
  renewal_id: Id.optional(),
  cause: z.enum(refundCauses),
  state: z.enum(refundStates),
  destination: z.enum(refundDestinations),
  amount: Money,
  created_at: Time,
  decided_at: Time.optional(),
})

const payment = z.object({
  id: Id,
  purpose: z.enum(paymentPurposes),
  method: z.enum(paymentMethods),
  state: z.enum(paymentStates),
  amount: Money,
  name: DomainName.optional(),
  backorder_id: Id.optional(),
  renewal_id: Id.optional(),
  created_at: Time,
  pay_by: Time.optional(),
  disputed: Money.optional().openapi({ description: 'What the bank took back' }),
})

const account = z.object({
  id: Id,
  amount: Money.openapi({ description: 'What was credited; negative where it was taken back' }),
  balance: Money.openapi({ description: 'The balance after it' }),
  payment_id: Id.optional(),
  bank_transfer_id: Id.optional(),
  goodwill_credit_id: Id.optional(),
})

const balance = z.object({
  id: Id.openapi({ description: 'The id of the account' }),
  balance: Money,
  low_balance: Money.optional().openapi({ description: 'The threshold below which the balance has fallen' }),
})

const invoice = z.object({
  id: Id,
  kind: z.enum(['invoice', 'credit_note']),
  number: z.string(),
  issued_at: Time,
  name: DomainName,
  backorder_id: Id.optional(),
  renewal_id: Id.optional(),
  credits_invoice_id: Id.optional(),
  refund_id: Id.optional(),
  gross: Money,
  net: Money,
  tax: Money,
})

const webhookEndpoint = z.object({
  id: Id,
  url: z.string(),
  description: z.string().optional(),
  created_at: Time,
  disabled_at: Time.optional(),
  disabled_reason: z.enum(endpointDisabledReasons).optional(),
  failing_since: Time.optional().openapi({ description: 'Nothing that was sent to it since then succeeded' }),
})

type AccountSubject = (typeof topicTable)[AccountTopic]

/** What the events of each kind of subject hold: the subject as it was then. */
export const eventData = {
  backorder: backorder.openapi('BackorderSnapshot'),
  watch: watch.openapi('WatchSnapshot'),
  drop_list: dropList.openapi('DropListSnapshot'),
  renewal: renewal.openapi('RenewalSnapshot'),
  registration: registration.openapi('RegistrationSnapshot'),
  registration_request: registrationRequest.openapi('RegistrationRequestSnapshot'),
  refund: refund.openapi('RefundSnapshot'),
  payment: payment.openapi('PaymentSnapshot'),
  account: account.openapi('TopUpSnapshot'),
  balance: balance.openapi('BalanceSnapshot'),
  invoice: invoice.openapi('InvoiceSnapshot'),
  webhook_endpoint: webhookEndpoint.openapi('WebhookEndpointSnapshot'),
} as const satisfies Record<AccountSubject, z.ZodObject>

/** When an event of each topic occurs. */
export const topicTexts = {
  'backorder.held': 'a name was taken for an order that is not paid yet',
  'backorder.hold_lapsing': 'an unpaid order is about to lapse: pay by `pay_by`',
  'backorder.expired': 'an unpaid order ended; `expired_reason` says why',
  'backorder.secured': 'an order is paid, and the name is yours to be caught',
  'backorder.rescheduled': 'the cut-off or the drop of an ordered name moved',
  'backorder.premium_flagged': 'the registry asks a premium price; the order stays, and the drop decides',
  'backorder.contact_refused':
    "the registry refused a contact that the order names; the name will be registered to the operator's for its roles",
  'backorder.contact_pending':
    "the cut-off is less than six hours away, and the registry has not made a contact that the order names; unless it is made before the drop, the name will be registered to the operator's for its roles",
  'backorder.registering': 'the drop began, and the name is being tried',
  'backorder.successful': 'the name was caught',
  'backorder.failed': 'the name was not caught; `failure_reason` says why, and `refund` where the money goes',
  'watch.cutoff_near': 'a name that you watch, and that nobody has ordered, closes for orders within an hour',
  'watch.rescheduled': 'the cut-off or the drop of a name that you watch moved',
  'drop_list.published': 'a new list of all names on offer can be downloaded; all accounts get this event',
  'renewal.paid': 'a renewal is paid',
  'renewal.expired': 'an unpaid renewal lapsed',
  'renewal.successful': 'a name was renewed',
  'renewal.failed': 'a name was not renewed, and the price is refunded',
  'registration.expiring': 'a name that is not being renewed expires in a month, and again in a week',
  'registration.expired': 'a name expired; it can be renewed until `renewable_until`',
  'registration.auto_renewed': 'the registry renewed an expired name by itself',
  'registration.deletion_requested': 'the deletion of a name that nobody renewed was requested',
  'registration.ended': 'a registration ended',
  'registration_request.succeeded': 'a change of a registration was made at the registry',
  'registration_request.failed': 'a change of a registration was not made',
  'refund.succeeded': 'a refund was paid',
  'refund.failed': 'a refund could not be paid; an operator looks after it',
  'payment.failed': 'a payment by card failed',
  'payment.disputed': 'a payment by card was disputed',
  'payment.dispute_won': 'a disputed payment was decided for us',
  'payment.charged_back': 'a disputed payment was taken back for good',
  'account.topped_up': 'the balance was topped up',
  'account.top_up_reversed': 'a top-up was taken back',
  'account.credited': 'a goodwill credit was added to the balance',
  'balance.low': 'the balance fell below the threshold that you set',
  'invoice.issued': 'an invoice was issued',
  'credit_note.issued': 'a credit note was issued',
  'webhook_endpoint.tested': 'you asked for a test of an endpoint; it is sent to that endpoint alone',
  'webhook_endpoint.disabled': 'an endpoint gets nothing any more; `disabled_reason` says why',
} as const satisfies Record<AccountTopic, string>

const head = {
  id: Id.openapi({ description: 'Of the event: the same wherever and however often it is sent' }),
  timestamp: Time.openapi({ description: 'When it occurred' }),
}

/** An opaque place in the feed. */
export const EventCursor = z.string().openapi({
  description: 'Its place in the feed: give it as `after` to continue behind it',
  example: '4711',
})

/** The topics of a kind of subject. */
function topicsOf<Subject extends AccountSubject>(subject: Subject) {
  type Own = { [Of in AccountTopic]: (typeof topicTable)[Of] extends Subject ? Of : never }[AccountTopic]
  return accountTopics.filter((topic): topic is Own => topicTable[topic] === subject)
}

/** An event as the feed and the stream send it. A webhook's body is the same without `cursor`. */
const eventOf = <Subject extends AccountSubject>(subject: Subject) =>
  z.object({
    ...head,
    type: z.enum(topicsOf(subject)),
    cursor: EventCursor,
    data: eventData[subject],
  })

/** An event of any topic. Its `type` says what `data` holds. */
export const AccountEvent = z
  .discriminatedUnion('type', [
    eventOf('backorder').openapi('BackorderEvent'),
    eventOf('watch').openapi('WatchEvent'),
    eventOf('drop_list').openapi('DropListEvent'),
    eventOf('renewal').openapi('RenewalEvent'),
    eventOf('registration').openapi('RegistrationEvent'),
    eventOf('registration_request').openapi('RegistrationRequestEvent'),
    eventOf('refund').openapi('RefundEvent'),
    eventOf('payment').openapi('PaymentEvent'),
    eventOf('account').openapi('TopUpEvent'),
    eventOf('balance').openapi('BalanceEvent'),
    eventOf('invoice').openapi('InvoiceEvent'),
    eventOf('webhook_endpoint').openapi('WebhookEndpointEvent'),
  ])
  .openapi('Event', {
    description: 'Something that happened. New topics may be added: ignore those that you do not know',
  })

/** The body of the webhook of a topic, by Standard Webhooks. */
export function webhookBody<Of extends AccountTopic>(topic: Of) {
  return z.object({ ...head, type: z.literal(topic), data: eventData[topicTable[topic]] })
}
