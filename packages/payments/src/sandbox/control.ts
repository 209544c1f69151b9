import type { Hono } from 'hono'
import { z } from 'zod'
import { type Faults, faultKinds, faultsMax } from '../serve/faults.ts'
import type { Env } from '../serve/listen.ts'
import type { Till } from '../serve/till.ts'
import { disputeOf, Problem, readBody, requireTaken } from './problems.ts'
import { viewDispute } from './views.ts'

const id = z.string().min(1).max(100)
const settleBody = z.strictObject({ object: id })
const openDisputeBody = z.strictObject({ payment: id })
const closeDisputeBody = z.strictObject({ won: z.boolean() })
const tamperBody = z.strictObject({ movement: id, how: z.enum(['drop', 'double', 'alter']) })
const faultBody = z.strictObject({
  kind: z.enum(faultKinds),
  times: z.number().int().min(1).max(faultsMax).default(1),
})

export type Controlled = { readonly till: Till; readonly faults: Faults }

/** What time, banks and bad luck do, at once and on order. */
export function addControl(app: Hono<Env>, { till, faults }: Controlled): void {
  app.post('/control/settle', async (c) => {
    const { object: objectId } = await readBody(c, settleBody)
    requireTaken(till.act({ do: 'settle', objectId }).outcome)
    return c.json({})
  })
  app.post('/control/disputes', async (c) => {
    const { payment: intentId } = await readBody(c, openDisputeBody)
    return c.json(viewDispute(disputeOf(till.act({ do: 'open_dispute', intentId }).outcome)), 201)
  })
  app.post('/control/disputes/:id', async (c) => {
    const { won } = await readBody(c, closeDisputeBody)
    const { outcome } = till.act({ do: 'close_dispute', disputeId: c.req.param('id'), won })
    return c.json(viewDispute(disputeOf(outcome)))
  })
  app.post('/control/tamper', async (c) => {
    const { movement: movementId, how } = await readBody(c, tamperBody)
    requireTaken(till.act({ do: 'tamper', movementId, how }).outcome)
    return c.json({})
  })
  app.post('/control/faults', async (c) => {
    const { kind, times } = await readBody(c, faultBody)
    faults.plan(kind, times)
    return c.json({})
  })
  app.post('/control/events/:id/resend', (c) => {
    if (!till.resend(c.req.param('id'))) throw new Problem('not_found', 'there is no event of this id')
    return c.json({})
  })
}
