import { disputeReasons } from '@droplock/rules/ports/payments'
import type { Hono } from 'hono'
import { z } from 'zod'
import { FAULTS_MAX, type Faults, faultKinds } from '../serve/faults.ts'
import type { Env } from '../serve/listen.ts'
import type { ServedProcessor } from '../serve/serve-processor.ts'
import { disputeOf, Problem, payoutOf, readBody, requireAccepted } from './problems.ts'
import { viewDispute, viewPayout } from './views.ts'

const id = z.string().min(1).max(100)
const settleBody = z.strictObject({ object: id })
/** A deadline may be in the past. */
const openDisputeBody = z.strictObject({
  payment: id,
  reason: z.enum(disputeReasons).optional(),
  due_in_ms: z.int().optional(),
})
const currency = z.string().regex(/^[A-Z]{3}$/)
const payOutBody = z.strictObject({ currency })
const feeBody = z.strictObject({ currency, amount_minor: z.string().regex(/^[1-9]\d{0,17}$/) })
const closeDisputeBody = z.strictObject({ won: z.boolean() })
const tamperBody = z.strictObject({ movement: id, how: z.enum(['drop', 'double', 'alter']) })
const faultBody = z.strictObject({
  kind: z.enum(faultKinds),
  times: z.number().int().min(1).max(FAULTS_MAX).default(1),
})

export type Controlled = { readonly processor: ServedProcessor; readonly faults: Faults }

/** Triggers what time, banks and faults would do. */
export function addControl(app: Hono<Env>, { processor, faults }: Controlled): void {
  app.post('/control/settle', async (c) => {
    const { object: objectId } = await readBody(c, settleBody)
    requireAccepted(processor.act({ do: 'settle', objectId }).outcome)
    return c.json({})
  })
  app.post('/control/disputes', async (c) => {
    const { payment: intentId, reason, due_in_ms: dueInMs } = await readBody(c, openDisputeBody)
    const terms = { ...(reason && { reason }), ...(dueInMs !== undefined && { dueInMs }) }
    const { outcome } = processor.act({ do: 'open_dispute', intentId, ...terms })
    return c.json(viewDispute(disputeOf(outcome)), 201)
  })
  app.post('/control/disputes/:id', async (c) => {
    const { won } = await readBody(c, closeDisputeBody)
    const { outcome } = processor.act({ do: 'close_dispute', disputeId: c.req.param('id'), won })
    return c.json(viewDispute(disputeOf(outcome)))
  })
  app.post('/control/payouts', async (c) => {
    const { currency: of } = await readBody(c, payOutBody)
    return c.json(viewPayout(payoutOf(processor.act({ do: 'pay_out', currency: of }).outcome)), 201)
  })
  app.post('/control/payouts/:id/fail', (c) => {
    const { outcome } = processor.act({ do: 'fail_payout', payoutId: c.req.param('id') })
    return c.json(viewPayout(payoutOf(outcome)))
  })
  app.post('/control/fees', async (c) => {
    const { currency: of, amount_minor: amountMinor } = await readBody(c, feeBody)
    requireAccepted(processor.act({ do: 'charge_fee', amountMinor, currency: of }).outcome)
    return c.json({})
  })
  app.post('/control/tamper', async (c) => {
    const { movement: movementId, how } = await readBody(c, tamperBody)
    requireAccepted(processor.act({ do: 'tamper', movementId, how }).outcome)
    return c.json({})
  })
  app.post('/control/faults', async (c) => {
    const { kind, times } = await readBody(c, faultBody)
    faults.plan(kind, times)
    return c.json({})
  })
  app.post('/control/events/:id/resend', (c) => {
    if (!processor.resend(c.req.param('id'))) throw new Problem('not_found', 'no event has this id')
    return c.json({})
  })
}
