import type { PayerCard, PaymentsWorld } from '../../src/conformance/world.ts'
import type { Action } from '../../src/processor/records.ts'
import { startStandIn } from '../../src/stand-in/start-stand-in.ts'
import { createStripeProvider } from '../../src/stripe/stripe-provider.ts'
import { startReceiver } from './receiver.ts'

export const secretKey = 'sk_test_standinAbcdefghij'
export const webhookSecret = 'whsec_standinAbcdefghij'

const otherKey = 'sk_test_strangerKlmnopqr'

/** The Stripe adapter, with the real library, on the stand-in. */
export async function openStripeWorld(): Promise<PaymentsWorld> {
  const receiver = await startReceiver()
  const standIn = await startStandIn({ secretKey, webhookSecret, webhookUrl: receiver.url })
  const { server } = standIn
  const act = async (action: Action) => {
    const outcome = standIn.act(action)
    if (outcome.kind === 'refused') throw new Error(outcome.code)
    return outcome
  }
  return {
    provider: createStripeProvider({ secretKey, webhookSecret, server }),
    withOtherKey: createStripeProvider({ secretKey: otherKey, webhookSecret: 'whsec_stranger', server }),
    secrets: [secretKey, otherKey, webhookSecret, otherKey.slice(-4)],
    pay: async ({ providerId: intentId }, card: PayerCard) => {
      await act({ do: 'confirm', intentId, card })
    },
    finishStep: async ({ providerId: intentId }, passed) => {
      await act({ do: 'finish_step', intentId, passed })
    },
    settle: async (objectId) => {
      await act({ do: 'settle', objectId })
    },
    openDispute: async (intentId, terms = {}) => {
      const outcome = await act({ do: 'open_dispute', intentId, ...terms })
      return outcome.kind === 'dispute' ? outcome.dispute.id : ''
    },
    closeDispute: async (disputeId, won) => {
      await act({ do: 'close_dispute', disputeId, won })
    },
    payOut: async (currency) => {
      const outcome = await act({ do: 'pay_out', currency })
      return outcome.kind === 'payout' ? outcome.payout.id : ''
    },
    failPayout: async (payoutId) => {
      await act({ do: 'fail_payout', payoutId })
    },
    chargeFee: async (amountMinor, currency) => {
      await act({ do: 'charge_fee', amountMinor: String(amountMinor), currency })
    },
    // The library asks once more by itself when the connection was closed.
    loseNextAnswer: async () => standIn.faults.plan('lose_answer', 2),
    refuseNext: async () => standIn.faults.plan('refuse_rate'),
    deliveries: async () => {
      await standIn.webhooksIdle()
      return receiver.deliveries
    },
    resend: async (eventId) => {
      standIn.resend(eventId)
    },
    now: () => new Date(),
    stop: async () => {
      await standIn.stop()
      await receiver.stop()
    },
  }
}
