import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { Context } from '@droplock/core/context'
import { recordProviderEvent } from '@droplock/core/payment-provider/handle-events'
import { behaviourByCard, type CardBehaviour } from '@droplock/payments/processor/cards'
import { createSandboxControl } from '@droplock/payments/sandbox/sandbox-control'
import { createSandboxProvider } from '@droplock/payments/sandbox/sandbox-provider'
import { startSandboxProvider } from '@droplock/payments/sandbox/start-sandbox-provider'
import type { Fault } from '@droplock/payments/serve/faults'
import { startStandIn } from '@droplock/payments/stand-in/start-stand-in'
import { createStripeProvider } from '@droplock/payments/stripe/stripe-provider'
import type { Intent, PaymentProvider } from '@droplock/rules/ports/payments'

/** A call is given up after this: an answer of a loaded machine is still in time. Milliseconds. */
const TIMEOUT_MS = 2_000
const apiKey = 'sk_test_workerAbcdefghij'
const webhookSecret = 'whsec_workerAbcdefghij'

/** A provider over HTTP, the payer in front of it, and a receiver that stores its events as the gateway does. */
export type Processor = {
  readonly provider: PaymentProvider
  /** How the worker finds it, where it is the sandbox. */
  readonly environment: Readonly<Record<string, string>>
  pay(intent: Intent, card: CardBehaviour): Promise<void>
  /** What is due of an intent or a refund happens. */
  settle(objectId: string): Promise<void>
  /** The dispute's id. */
  openDispute(providerId: string): Promise<string>
  closeDispute(disputeId: string, won: boolean): Promise<void>
  /** Pays out everything of a currency. */
  payOut(currency: string): Promise<void>
  fault(kind: Fault): Promise<void>
  /** From now on events are acknowledged and lost. */
  loseWebhooks(): void
  close(): Promise<void>
}

export const processors = { sandbox: openSandboxProcessor, stripe: openStripeProcessor } as const

async function openSandboxProcessor(ctx: Context): Promise<Processor> {
  const receiver = await startReceiver(ctx)
  const common = { apiKey, webhookSecret }
  const server = await startSandboxProvider({
    ...common,
    port: 0,
    webhookUrl: receiver.url,
    laterMs: 'by_hand',
  })
  const { url } = server
  const control = createSandboxControl(url, apiKey)
  const provider = createSandboxProvider({ ...common, url, timeoutMs: TIMEOUT_MS })
  receiver.serve(provider)
  return {
    provider,
    environment: {
      DROPLOCK_SANDBOX_URL: url,
      DROPLOCK_SANDBOX_API_KEY: apiKey,
      DROPLOCK_SANDBOX_WEBHOOK_SECRET: webhookSecret,
    },
    pay: async ({ providerId, clientSecret = '' }, card) => {
      await control.pay({ providerId, clientSecret }, numberOf(card))
    },
    settle: control.settle,
    openDispute: (providerId) => control.openDispute(providerId),
    closeDispute: control.closeDispute,
    payOut: async (currency) => {
      await control.payOut(currency)
    },
    fault: (kind) => control.fault(kind),
    loseWebhooks: receiver.lose,
    close: async () => {
      await server.stop()
      await receiver.close()
    },
  }
}

async function openStripeProcessor(ctx: Context): Promise<Processor> {
  const receiver = await startReceiver(ctx)
  const standIn = await startStandIn({ secretKey: apiKey, webhookSecret, webhookUrl: receiver.url })
  const { server } = standIn
  const provider = createStripeProvider({ secretKey: apiKey, webhookSecret, server, timeoutMs: TIMEOUT_MS })
  receiver.serve(provider)
  return {
    provider,
    environment: {},
    pay: async ({ providerId: intentId }, card) => {
      standIn.act({ do: 'confirm', intentId, card })
    },
    settle: async (objectId) => {
      standIn.act({ do: 'settle', objectId })
    },
    openDispute: async (intentId) => {
      const outcome = standIn.act({ do: 'open_dispute', intentId })
      return outcome.kind === 'dispute' ? outcome.dispute.id : ''
    },
    closeDispute: async (disputeId, won) => {
      standIn.act({ do: 'close_dispute', disputeId, won })
    },
    payOut: async (currency) => {
      standIn.act({ do: 'pay_out', currency })
    },
    fault: async (kind) => standIn.faults.plan(kind),
    loseWebhooks: receiver.lose,
    close: async () => {
      await standIn.stop()
      await receiver.close()
    },
  }
}

function numberOf(card: CardBehaviour): string {
  const [number = ''] = [...behaviourByCard].find(([, behaviour]) => behaviour === card) ?? []
  return number
}

async function startReceiver(ctx: Context) {
  let provider: PaymentProvider | undefined
  let isLost = false
  const running = new Set<Promise<void>>()
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const headers = { get: (name: string) => request.headers[name]?.toString() ?? null }
    const event = provider?.parseWebhook(await buffer(request), headers, new Date())
    if (event?.kind !== 'event' || provider === undefined) return void response.writeHead(400).end()
    if (!isLost) await recordProviderEvent(ctx, provider.name, event)
    response.end()
  }
  const server = createServer((request, response) => {
    const taken = take(request, response)
      .catch((error: unknown) => {
        // The end of a test cuts what is on its way.
        if (!response.destroyed) throw error
      })
      .finally(() => running.delete(taken))
    running.add(taken)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    serve: (served: PaymentProvider) => {
      provider = served
    },
    lose: () => {
      isLost = true
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      // They write to the database, which is there until then.
      await Promise.all(running)
    },
  }
}
