import { cards } from '../cards.ts'
import { cardOf, expectThat, orderByCard, orderOf, type Step, until } from '../play.ts'

const name = 'declined-first.com'

export const declinedCard: Step = {
  figure: 'declined_cards',
  names: [[name, 'ours']],
  before: async (play) => {
    const { id } = await orderByCard(play, play.buyer, name)
    const card = cardOf(play, name)
    await play.bank.pay(card, cards.declined)
    await until(play, `the decline of ${name}`, async () => {
      const { state } = await play.buyer.client.payment(card.paymentId)
      return state === 'failed'
    })
    const held = await play.buyer.client.backorder(id)
    expectThat(held.state === 'pending_payment', `${name} is ${held.state} after the card was declined`)
    await play.bank.pay(card, cards.good)
    await until(play, `the second card for ${name}`, async () => {
      const { state } = await play.buyer.client.backorder(id)
      return state === 'backordered'
    })
    play.say(`${name}: one card was declined, the hold stayed, another card secured it`)
  },
  after: async (play) => {
    const { state } = await play.buyer.client.backorder(orderOf(play, name).id)
    expectThat(state === 'successful', `${name} is ${state}`)
    return 1
  },
}
