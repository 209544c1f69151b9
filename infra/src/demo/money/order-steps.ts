import { cards } from '../../seed/accounts.ts'
import {
  backorderOf,
  cardOf,
  expectThat,
  orderByCard,
  orderFromBalance,
  paymentOf,
  type Run,
  type Step,
  secureByCard,
  until,
} from './run.ts'

// Ways to order and to pay.

/** The name was caught for its order. */
async function expectCaught(run: Run, name: string): Promise<number> {
  const { state, refunds } = await backorderOf(run, name)
  expectThat(state === 'successful' && refunds.length === 0, `${name} is ${state}`)
  return 1
}

const fromBalance = 'from-the-balance.com'
export const balanceOrder: Step = {
  figure: 'balance_orders',
  names: [[fromBalance, 'caught']],
  before: async (run) => {
    await orderFromBalance(run, run.rich, fromBalance)
    run.say(`${fromBalance}: ordered and paid from the balance in one step`)
  },
  after: (run) => expectCaught(run, fromBalance),
}

const byCard = 'by-card.com'
export const cardOrder: Step = {
  figure: 'card_orders',
  names: [[byCard, 'caught']],
  before: async (run) => {
    await secureByCard(run, run.buyer, byCard, cards.good)
    run.say(`${byCard}: held, paid by card, secured when the provider reported the payment`)
  },
  after: (run) => expectCaught(run, byCard),
}

const declined = 'declined-first.com'
export const declinedCard: Step = {
  figure: 'declined_cards',
  names: [[declined, 'caught']],
  before: async (run) => {
    await orderByCard(run, run.buyer, declined)
    await run.bank.pay(cardOf(run, declined), cards.declined)
    await until(
      run,
      `the decline of ${declined}`,
      async () => (await paymentOf(run, declined)).state === 'failed',
    )
    const held = await backorderOf(run, declined)
    expectThat(held.state === 'pending_payment', `${declined} is ${held.state} after the card was declined`)
    await run.bank.pay(cardOf(run, declined), cards.good)
    await until(
      run,
      `the second card for ${declined}`,
      async () => (await backorderOf(run, declined)).state === 'backordered',
    )
    run.say(`${declined}: one card was declined, the hold stayed, another card secured it`)
  },
  after: (run) => expectCaught(run, declined),
}

const late = 'paid-too-late.com'
export const latePayment: Step = {
  figure: 'late_payments_returned',
  names: [[late, 'caught']],
  before: async (run) => {
    const { buyer, rich, bank } = run
    const { id, priceMinor } = await orderByCard(run, buyer, late)
    const { providerId, paymentId } = cardOf(run, late)
    await bank.pay(cardOf(run, late), cards.late)
    await buyer.client.post('/v1/backorders/{id}/release', { params: { path: { id } } })
    await orderFromBalance(run, rich, late)
    await bank.settle(providerId)
    const paid = () => buyer.client.get('/v1/payments/{id}', { params: { path: { id: paymentId } } })
    await until(run, `the return of the late payment for ${late}`, async () => {
      const { refunds } = await paid()
      return refunds[0]?.state === 'succeeded'
    })
    const { refunds } = await paid()
    const [refund] = refunds
    expectThat(
      refunds.length === 1 &&
        refund?.cause === 'late_payment' &&
        refund.destination === 'original_payment' &&
        refund.amount.amount_minor === priceMinor,
      `the late payment for ${late} came back as ${JSON.stringify(refunds)}`,
    )
    run.say(`${late}: released and sold to another; the first buyer's money came late and went back`)
  },
  after: async () => 1,
}
