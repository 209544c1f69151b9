import { cards } from '../cards.ts'
import { cardOf, expectThat, orderByCard, orderFromBalance, type Step, until } from '../play.ts'

const name = 'paid-too-late.com'

export const latePayment: Step = {
  figure: 'late_payments_returned',
  names: [[name, 'ours']],
  before: async (play) => {
    const { buyer, rich, bank } = play
    const { id, priceMinor } = await orderByCard(play, buyer, name)
    const card = cardOf(play, name)
    await bank.pay(card, cards.late)
    await buyer.client.release(id)
    await orderFromBalance(play, rich, name)
    await bank.settle(card.providerId)
    await until(play, `the return of the late payment for ${name}`, async () => {
      const { refunds } = await buyer.client.payment(card.paymentId)
      return refunds[0]?.state === 'succeeded'
    })
    const { refunds } = await buyer.client.payment(card.paymentId)
    const [refund] = refunds
    expectThat(
      refunds.length === 1 &&
        refund?.cause === 'late_payment' &&
        refund.destination === 'original_payment' &&
        refund.amount.amount_minor === priceMinor,
      `the late payment for ${name} came back as ${JSON.stringify(refunds)}`,
    )
    play.say(`${name}: released and sold to another; the first buyer's money came late and went back`)
  },
  after: async () => 1,
}
