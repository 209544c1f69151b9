import { cards } from '../cards.ts'
import { expectRefund } from '../expect-refund.ts'
import { expectThat, orderFromBalance, type Step, secureByCard } from '../play.ts'

const name = 'lost-with-debt.com'
const onCredit = 'bought-on-credit.com'

export const lostWithDebt: Step = {
  figure: 'refunds_to_balance',
  names: [
    [name, 'lost'],
    [onCredit, 'ours'],
  ],
  before: async (play) => {
    await secureByCard(play, play.debtor, name, cards.good)
    await orderFromBalance(play, play.debtor, onCredit)
    expectThat((await play.debtor.client.balanceMinor()) < 0, 'who bought on credit owes nothing')
  },
  after: async (play) => {
    await expectRefund(play, name, 'balance')
    play.say(`${name}: lost too, but its account owes, so the whole price went to its balance`)
    return 1
  },
}
