import { cards } from '../cards.ts'
import { expectThat, orderOf, type Step, secureByCard } from '../play.ts'

const name = 'by-card.com'

export const cardOrder: Step = {
  figure: 'card_orders',
  names: [[name, 'ours']],
  before: async (play) => {
    await secureByCard(play, play.buyer, name, cards.good)
    play.say(`${name}: held, paid by card, secured when the provider's word of it came`)
  },
  after: async (play) => {
    const { state, refunds } = await play.buyer.client.backorder(orderOf(play, name).id)
    expectThat(state === 'successful' && refunds.length === 0, `${name} is ${state}`)
    return 1
  },
}
