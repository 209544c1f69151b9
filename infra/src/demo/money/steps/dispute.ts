import { cards } from '../cards.ts'
import { cardOf, expectThat, orderOf, type Step, secureByCard, until } from '../play.ts'

const name = 'disputed.com'

/** A caught name whose payer goes to the bank: the balance bears it until the dispute is won. */
export const dispute: Step = {
  figure: 'disputes_won',
  names: [[name, 'ours']],
  before: (play) => secureByCard(play, play.buyer, name, cards.good),
  after: async (play) => {
    const { buyer, bank } = play
    const { priceMinor } = orderOf(play, name)
    const { providerId, paymentId } = cardOf(play, name)
    const before = await buyer.client.balanceMinor()
    const has = (minor: number) => async () => (await buyer.client.balanceMinor()) === minor
    const disputeId = await bank.openDispute(providerId)
    await until(play, 'the debt of the dispute', has(before - priceMinor))
    const { state } = await buyer.client.payment(paymentId)
    expectThat(state === 'disputed', `the payment is ${state}`)
    await bank.closeDispute(disputeId, true)
    await until(play, 'the end of the dispute', has(before))
    play.say(`${name}: disputed, the balance bore ${priceMinor}; won, and it has it back`)
    return 1
  },
}
