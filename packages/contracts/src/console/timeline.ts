import { confirmationMeans } from '@droplock/rules/confirmations'
import { proposalKinds } from '@droplock/rules/proposals'
import { refundReasons } from '@droplock/rules/refunds/manual'
import { z } from '@hono/zod-openapi'
import { Id, Money, Time } from '../common/primitives.ts'
import {
  backorderStates,
  deliveryStates,
  paymentStates,
  proposalStates,
  refundCauses,
  refundStates,
} from '../common/words.ts'
import { Schedule } from './listings.ts'

function entry<Kind extends string, Members extends z.ZodRawShape>(kind: Kind, members: Members) {
  return z.object({ kind: z.literal(kind), at: Time, ...members })
}

const byList = {
  run_id: Id,
  source: z.string(),
  from: Schedule.optional(),
  to: Schedule.optional(),
} as const

const override = {
  override_id: Id,
  by: z.string(),
  reason: z.string(),
  from: Schedule,
  to: Schedule,
} as const

const refund = {
  id: Id,
  cause: z.enum(refundCauses),
  state: z.enum(refundStates),
  amount: Money,
  reason_code: z.enum(refundReasons).optional(),
  by: z.string().optional(),
  note: z.string().optional(),
} as const

const proposal = { id: Id, proposal: z.enum(proposalKinds) } as const

/** One EPP command (RFC 5730 §2.5, §3). `outcome` is `unknown` if it was sent and no answer arrived. */
export const AttemptEntry = entry('attempt', {
  command: z.string(),
  outcome: z.string(),
  code: z.int().optional().openapi({ description: 'EPP result code', example: 2302 }),
  message: z.string().optional(),
  round_trip_ms: z.number().min(0).optional().openapi({ example: 12.417 }),
  registry_account_id: z.string(),
  cltrid: z.string(),
  svtrid: z.string().optional(),
  decided: z.boolean().openapi({ description: 'The answer to this attempt decided the outcome' }),
})

/** One event in the history of a backorder. Its members depend on `kind`. */
export const TimelineEntry = z
  .discriminatedUnion('kind', [
    entry('ordered', { account_name: z.string(), price: Money }),
    entry('payment', { id: Id, method: z.string(), state: z.enum(paymentStates), amount: Money }),
    entry('moved_by_list', byList),
    // The list had another schedule, and the manual change stayed in force.
    entry('kept_by_override', byList),
    entry('suspected', byList),
    entry('override_applied', override),
    entry('override_undone', override),
    entry('armed', { drop_from: Time, drop_to: Time, grace_until: Time }),
    entry('prepared', { prior_clid: z.string().optional(), prior_cr_date: Time.optional() }),
    AttemptEntry,
    // Before its drop. Without `means` operators decided.
    entry('withdrawn', {
      means: z.enum(confirmationMeans).optional(),
      code: z.int().optional().openapi({ description: 'EPP result code; HTTP status for `rdap`' }),
      finding: z.string().optional().openapi({ description: 'What the answer of the registry showed' }),
    }),
    entry('decided', {
      state: z.enum(backorderStates),
      reason: z.string().optional(),
      code: z.int().optional(),
      holder_clid: z.string().optional(),
      settled_at: Time.optional(),
    }),
    entry('refund_created', refund),
    entry('refund_decided', refund),
    // The newest attempt to send an event to an endpoint of the account. Without `status` no answer came.
    entry('webhook', {
      id: Id,
      account_id: Id,
      endpoint: z.string(),
      topic: z.string().optional(),
      state: z.enum(deliveryStates),
      attempts: z.int(),
      status: z.int().optional().openapi({ description: 'HTTP status' }),
      failure: z.string().optional(),
    }),
    entry('proposal_made', { ...proposal, by: z.string(), reason: z.string() }),
    entry('proposal_decided', {
      ...proposal,
      state: z.enum(proposalStates),
      by: z.string().optional(),
      note: z.string().optional(),
    }),
    entry('invoiced', { id: Id, number: z.string(), document: z.string(), amount: Money }),
  ])
  .openapi('TimelineEntry')
