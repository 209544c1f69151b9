import { errors } from '@droplock/contracts/errors'
import { recordProviderEvent } from '@droplock/core/payment-provider/handle-events'
import { limitBody } from '@droplock/http/limit-body'
import { refuseOtherMethods } from '@droplock/http/refuse'
import { Refusal } from '@droplock/rules/refusals'
import { timeout } from 'hono/timeout'
import type { Dependencies, Gateway } from '../gateway.ts'

/** An event carries its whole object; Stripe's have some tens of kilobytes at most. */
const EVENT_BYTES_MAX = 262_144

const path = '/webhooks/payments/:mode'

/**
 * Where the payment provider reports events. Its signature is the only credential. The event is stored and answered at once;
 * the worker does the rest. The provider repeats whatever is not answered with 2xx.
 */
export function mountPaymentEvents(app: Gateway, { modes, requestMsMax }: Dependencies): void {
  app.post(path, timeout(requestMsMax), limitBody(EVENT_BYTES_MAX), async (c) => {
    const mode = c.req.param('mode')
    const served = mode === 'live' || mode === 'test' ? modes[mode] : undefined
    if (served?.provider === undefined) throw new Refusal('not_found', 'There is nothing at this path.')
    const { ctx, provider } = served
    const rawBody = new Uint8Array(await c.req.arrayBuffer())
    // Compared with our own clock, not the database's: anybody may send here, and gets no round trip for it.
    const event = provider.parseWebhook(rawBody, c.req.raw.headers, new Date())
    if (event.kind === 'rejected') {
      c.var.event.add({ mode, rejected: event.reason })
      throw new Refusal('webhook_rejected', errors.webhook_rejected.doc)
    }
    const isNew = await recordProviderEvent(ctx, provider.name, event)
    const { eventId, about } = event
    c.var.event.add({ mode, provider: provider.name, event_id: eventId, about, is_new: isNew })
    return c.body(null, 200)
  })
  refuseOtherMethods(app, [{ method: 'post', getRoutingPath: () => path }])
}
