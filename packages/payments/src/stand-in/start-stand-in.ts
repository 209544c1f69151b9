import { Stripe } from 'stripe'
import { openProcessor } from '../processor/processor.ts'
import type { Action, Books, Outcome } from '../processor/records.ts'
import { createFaults, type Faults } from '../serve/faults.ts'
import { listen } from '../serve/listen.ts'
import { serveProcessor } from '../serve/serve-processor.ts'
import type { WebhookTarget } from '../serve/webhooks.ts'
import { makeStandInApp, type SeenRequest } from './app.ts'
import { renderEvent } from './render.ts'

/** The API version of the objects here. */
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
  /** Does what the payer, a bank or time would do: confirm, finish_step, settle, disputes; and tampers with the books. */
  act(action: Action): Outcome
  /** Holds the next request that has a key until `release`. `reached` resolves when it has arrived. */
  hold(): { readonly reached: Promise<void>; release(): void }
  resend(eventId: string): boolean
  webhooksIdle(): Promise<void>
  stop(): Promise<void>
}

/** A server on loopback that speaks Stripe's protocol, to run the real library against. For tests. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const now = options.now ?? (() => new Date())
  const live = /^[sr]k_live_/.test(options.secretKey)
  const processor = serveProcessor({
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
  const app = makeStandInApp({ processor, faults, secretKey, live, seen, gate: gate.pass })
  const listening = await listen(app, '127.0.0.1', options.port ?? 0)
  return {
    server: { host: listening.host, port: listening.port, protocol: 'http' },
    books: processor.books,
    faults,
    seen,
    act: (action) => processor.act(action).outcome,
    hold: gate.hold,
    resend: processor.resend,
    webhooksIdle: processor.webhooks.idle,
    stop: async () => {
      processor.stop()
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
