import { Stripe } from 'stripe'
import { openProcessor } from '../processor/processor.ts'
import type { Action, Books, Outcome } from '../processor/records.ts'
import { createFaults, type Faults } from '../serve/faults.ts'
import { listen } from '../serve/listen.ts'
import { openTill } from '../serve/till.ts'
import type { WebhookTarget } from '../serve/webhooks.ts'
import { makeStandInApp, type SeenRequest } from './app.ts'
import { renderEvent } from './render.ts'

/** The version whose objects are spoken here. */
const apiVersion = '2026-10-28.endive'

type StandInOptions = {
  readonly secretKey: string
  readonly webhookSecret: string
  readonly webhookUrl?: WebhookTarget
  readonly port?: number
  readonly now?: () => Date
}

export type StandIn = {
  /** For `StripeOptions.server`. */
  readonly server: { readonly host: string; readonly port: number; readonly protocol: 'http' }
  readonly books: Readonly<Books>
  readonly faults: Faults
  readonly seen: readonly SeenRequest[]
  /** What the payer, a bank or time does: confirm, finish_step, settle, disputes; and tampering. */
  act(action: Action): Outcome
  /** Keeps the next request with a key in work until `release`. `reached` ends when it has come. */
  hold(): { readonly reached: Promise<void>; release(): void }
  resend(eventId: string): boolean
  webhooksIdle(): Promise<void>
  stop(): Promise<void>
}

/** A server on loopback that speaks Stripe's protocol, so that the real library can be run against it. For tests. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const now = options.now ?? (() => new Date())
  const live = /^[sr]k_live_/.test(options.secretKey)
  const till = openTill({
    processor: openProcessor({ now }),
    laterMs: 'by_hand',
    webhookUrl: options.webhookUrl,
    sign: (payload) => ({
      'stripe-signature': Stripe.webhooks.generateTestHeaderString({
        payload,
        secret: options.webhookSecret,
        timestamp: Math.floor(now().getTime() / 1_000),
      }),
    }),
    write: (event) => JSON.stringify(renderEvent(event, { live, apiVersion }), null, 2),
  })
  const gate = createGate()
  const faults = createFaults()
  const seen: SeenRequest[] = []
  const { secretKey } = options
  const app = makeStandInApp({ till, faults, secretKey, live, seen, gate: gate.pass })
  const listening = await listen(app, '127.0.0.1', options.port ?? 0)
  return {
    server: { host: listening.host, port: listening.port, protocol: 'http' },
    books: till.processor.books,
    faults,
    seen,
    act: (action) => till.act(action).outcome,
    hold: gate.hold,
    resend: till.resend,
    webhooksIdle: till.webhooks.idle,
    stop: async () => {
      till.stop()
      await listening.close()
    },
  }
}

function createGate() {
  let held: { reach(): void; readonly released: Promise<void> } | undefined
  return {
    pass: async () => {
      const current = held
      held = undefined
      current?.reach()
      await current?.released
    },
    hold: () => {
      const reached = Promise.withResolvers<void>()
      const released = Promise.withResolvers<void>()
      held = { reach: reached.resolve, released: released.promise }
      return { reached: reached.promise, release: released.resolve }
    },
  }
}
