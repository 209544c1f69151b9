import type { Hono } from 'hono'
import { z } from 'zod'
import { FAULTS_MAX, type Faults, faultKinds } from '../serve/faults.ts'
import type { Env } from '../serve/listen.ts'
import type { ServedProcessor } from '../serve/serve-processor.ts'
import { disputeOf, Problem, readBody, requireAccepted } from './problems.ts'
import { viewDispute } from './views.ts'

const id = z.string().min(1).max(100)
const settleBody = z.strictObject({ object: id })
const openDisputeBody = z.strictObject({ payment: id })
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
    const { payment: intentId } = await readBody(c, openDisputeBody)
    return c.json(viewDispute(disputeOf(processor.act({ do: 'open_dispute', intentId }).outcome)), 201)
  })
  app.post('/control/disputes/:id', async (c) => {
    const { won } = await readBody(c, closeDisputeBody)
    const { outcome } = processor.act({ do: 'close_dispute', disputeId: c.req.param('id'), won })
    return c.json(viewDispute(disputeOf(outcome)))
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
