import { errors } from '@droplock/contracts/errors'
import { limitBody } from '@droplock/http/limit-body'
import { refuseOtherMethods } from '@droplock/http/refuse'
import { Refusal } from '@droplock/rules/refusals'
import { timeout } from 'hono/timeout'
import type { Dependencies, Gateway } from '../gateway.ts'

/** An event carries its whole object; Stripe's are some tens of kilobytes at most. Octets. */
const eventOctetsMax = 262_144

const path = '/webhooks/payments/:mode'

/**
 * Where the payment provider tells what happened. Its signature is all that is asked of it. The event is stored and answered
 * at once; the worker does the rest. Whatever is not 2xx the provider sends again.
 */
export function mountPaymentEvents(app: Gateway, { modes, requestMsMax }: Dependencies): void {
  app.post(path, timeout(requestMsMax), limitBody(eventOctetsMax), async (c) => {
    const mode = c.req.param('mode')
    const services = mode === 'live' || mode === 'test' ? modes[mode] : undefined
    if (services === undefined) throw new Refusal('not_found', 'There is nothing at this path.')
    const rawBody = new Uint8Array(await c.req.arrayBuffer())
    const event = await services.receiveEvent(rawBody, c.req.raw.headers)
    if (event.kind === 'rejected') {
      c.var.event.add({ mode, rejected: event.reason })
      throw new Refusal('webhook_rejected', errors.webhook_rejected.doc)
    }
    const { provider, eventId, about, isNew } = event
    c.var.event.add({ mode, provider, event_id: eventId, about, is_new: isNew })
    return c.body(null, 200)
  })
  refuseOtherMethods(app, [{ method: 'post', getRoutingPath: () => path }])
}
