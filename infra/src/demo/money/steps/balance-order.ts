import { expectThat, orderFromBalance, orderOf, type Step } from '../play.ts'

const name = 'from-the-balance.com'

export const balanceOrder: Step = {
  figure: 'balance_orders',
  names: [[name, 'ours']],
  before: async (play) => {
    await orderFromBalance(play, play.rich, name)
    play.say(`${name}: ordered and paid from the balance in one step`)
  },
  after: async (play) => {
    const { state } = await play.rich.client.backorder(orderOf(play, name).id)
    expectThat(state === 'successful', `${name} is ${state}`)
    return 1
  },
}
