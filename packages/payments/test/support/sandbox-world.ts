import type { Intent } from '@droplock/rules/ports/payments'
import type { PayerCard, PaymentsWorld } from '../../src/conformance/world.ts'
import { behaviourByCard } from '../../src/processor/cards.ts'
import { createSandboxControl } from '../../src/sandbox/sandbox-control.ts'
import { createSandboxProvider } from '../../src/sandbox/sandbox-provider.ts'
import { startSandboxProvider } from '../../src/sandbox/start-sandbox-provider.ts'
import { startReceiver } from './receiver.ts'

export const apiKey = 'sandbox-key-Abcdefghij'
export const webhookSecret = 'sandbox-webhook-Abcdefghij'

const otherKey = 'sandbox-withOtherKey-Klmnopqr'

export function cardFor(behaviour: PayerCard): string {
  const [number = ''] = [...behaviourByCard].find(([, found]) => found === behaviour) ?? []
  return number
}

/** What a payer's browser is given. */
function payer({ providerId, clientSecret = '' }: Intent) {
  return { providerId, clientSecret }
}

/** The sandbox adapter on the sandbox, all over HTTP. */
export async function openSandboxWorld(): Promise<PaymentsWorld> {
  const receiver = await startReceiver()
  const webhookUrl = receiver.url
  const server = await startSandboxProvider({
    port: 0,
    apiKey,
    webhookSecret,
    webhookUrl,
    laterMs: 'by_hand',
  })
  const { url } = server
  const control = createSandboxControl(url, apiKey)
  return {
    provider: createSandboxProvider({ url, apiKey, webhookSecret }),
    withOtherKey: createSandboxProvider({ url, apiKey: otherKey, webhookSecret: 'withOtherKey' }),
    secrets: [apiKey, otherKey, webhookSecret],
    pay: async (intent, card) => {
      await control.pay(payer(intent), cardFor(card))
    },
    finishStep: async (intent, passed) => {
      await control.finishStep(payer(intent), passed)
    },
    settle: control.settle,
    openDispute: control.openDispute,
    closeDispute: control.closeDispute,
    payOut: control.payOut,
    failPayout: control.failPayout,
    chargeFee: control.chargeFee,
    loseNextAnswer: () => control.fault('lose_answer'),
    refuseNext: () => control.fault('refuse_rate'),
    deliveries: async () => {
      await server.webhooksIdle()
      return receiver.deliveries
    },
    resend: control.resend,
    now: () => new Date(),
    stop: async () => {
      await server.stop()
      await receiver.stop()
    },
  }
}
