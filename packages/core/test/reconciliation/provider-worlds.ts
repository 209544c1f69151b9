import type { Intent, PaymentProvider } from '@droplock/rules/ports/payments'
import type { Action } from '../../../payments/src/processor/records.ts'
import { createSandboxControl } from '../../../payments/src/sandbox/sandbox-control.ts'
import { createSandboxProvider } from '../../../payments/src/sandbox/sandbox-provider.ts'
import { startSandboxProvider } from '../../../payments/src/sandbox/start-sandbox-provider.ts'
import { startStandIn } from '../../../payments/src/stand-in/start-stand-in.ts'
import { createStripeProvider } from '../../../payments/src/stripe/stripe-provider.ts'
import { cardFor } from '../../../payments/test/support/sandbox-world.ts'

/** A provider whose payer, bank and book-keeping the test plays. */
export type ProviderWorld = {
  readonly provider: PaymentProvider
  pay(intent: Intent, card?: 'approve' | 'refund_fails_later'): Promise<void>
  settle(objectId: string): Promise<void>
  openDispute(providerId: string): Promise<string>
  closeDispute(disputeId: string, won: boolean): Promise<void>
  tamper(movementId: string, how: 'drop' | 'double' | 'alter'): Promise<void>
  /** Pays out everything of a currency; the payout's id. */
  payOut(currency: string): Promise<string>
  failPayout(payoutId: string): Promise<void>
  chargeFee(amountMinor: bigint, currency: string): Promise<void>
  stop(): Promise<void>
}

export async function openSandbox(): Promise<ProviderWorld> {
  const apiKey = 'sandbox-key-Abcdefghij'
  const webhookSecret = 'sandbox-webhook-Abcdefghij'
  const server = await startSandboxProvider({ port: 0, apiKey, webhookSecret, laterMs: 'by_hand' })
  const control = createSandboxControl(server.url, apiKey)
  return {
    provider: createSandboxProvider({ url: server.url, apiKey, webhookSecret }),
    pay: async ({ providerId, clientSecret = '' }, card = 'approve') => {
      await control.pay({ providerId, clientSecret }, cardFor(card))
    },
    settle: control.settle,
    openDispute: control.openDispute,
    closeDispute: control.closeDispute,
    tamper: control.tamper,
    payOut: control.payOut,
    failPayout: control.failPayout,
    chargeFee: control.chargeFee,
    stop: server.stop,
  }
}

/** The Stripe adapter, with the real library, on a server that speaks Stripe's protocol. */
export async function openStripe(): Promise<ProviderWorld> {
  const secretKey = 'sk_test_standinAbcdefghij'
  const webhookSecret = 'whsec_standinAbcdefghij'
  const standIn = await startStandIn({ secretKey, webhookSecret })
  const act = async (action: Action) => {
    const outcome = standIn.act(action)
    if (outcome.kind === 'refused') throw new Error(outcome.code)
    return outcome
  }
  return {
    provider: createStripeProvider({ secretKey, webhookSecret, server: standIn.server }),
    pay: async ({ providerId: intentId }, card = 'approve') => {
      await act({ do: 'confirm', intentId, card })
    },
    settle: async (objectId) => void (await act({ do: 'settle', objectId })),
    openDispute: async (intentId) => {
      const outcome = await act({ do: 'open_dispute', intentId })
      return outcome.kind === 'dispute' ? outcome.dispute.id : ''
    },
    closeDispute: async (disputeId, won) => void (await act({ do: 'close_dispute', disputeId, won })),
    tamper: async (movementId, how) => void (await act({ do: 'tamper', movementId, how })),
    payOut: async (currency) => {
      const outcome = await act({ do: 'pay_out', currency })
      return outcome.kind === 'payout' ? outcome.payout.id : ''
    },
    failPayout: async (payoutId) => void (await act({ do: 'fail_payout', payoutId })),
    chargeFee: async (amountMinor, currency) =>
      void (await act({ do: 'charge_fee', amountMinor: String(amountMinor), currency })),
    stop: standIn.stop,
  }
}
