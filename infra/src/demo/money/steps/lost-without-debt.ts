import { cards } from '../cards.ts'
import { expectRefund } from '../expect-refund.ts'
import { type Step, secureByCard } from '../play.ts'

const name = 'lost-without-debt.com'

export const lostWithoutDebt: Step = {
  figure: 'refunds_to_card',
  names: [[name, 'lost']],
  before: (play) => secureByCard(play, play.buyer, name, cards.good),
  after: async (play) => {
    await expectRefund(play, name, 'original_payment')
    play.say(`${name}: lost, and the whole price went back to the card`)
    return 1
  },
}
