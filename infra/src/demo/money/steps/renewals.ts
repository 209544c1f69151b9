import { cards } from '../cards.ts'
import type { Customer } from '../customers.ts'
import {
  expectThat,
  orderFromBalance,
  orderOf,
  type Play,
  payableBy,
  type Step,
  secureByCard,
  until,
} from '../play.ts'

const fromBalance = 'renewed-from-the-balance.com'
const byCard = 'renewed-by-card.com'

/** Two caught names are renewed for a year more: the registry is asked by EPP, with the expiry as guard. */
export const renewals: Step = {
  figure: 'renewals',
  names: [
    [fromBalance, 'ours'],
    [byCard, 'ours'],
  ],
  before: async (play) => {
    await orderFromBalance(play, play.rich, fromBalance)
    await secureByCard(play, play.buyer, byCard, cards.good)
  },
  after: async (play) => {
    await renew(play, fromBalance, 'balance')
    await renew(play, byCard, 'card')
    play.say(`${fromBalance}, ${byCard}: renewed at the registry for a year more`)
    return 2
  },
}

async function renew(play: Play, name: string, payment: 'balance' | 'card'): Promise<void> {
  const { id: backorderId, by } = orderOf(play, name)
  const quote = await by.client.quoteRenewal(backorderId)
  const ordered = await by.client.orderRenewal(backorderId, payment, quote)
  if (payment === 'card') await play.bank.pay(payableBy(ordered.payment), cards.good)
  await until(play, `the renewal of ${name}`, () => isDecided(by, ordered.id))
  const { state, new_expires_at: expiresAt } = await by.client.renewal(ordered.id)
  expectThat(state === 'successful', `the renewal of ${name} is ${state}`)
  expectThat(expiresAt === quote.new_expires_at, `${name} expires ${expiresAt}, not ${quote.new_expires_at}`)
}

async function isDecided(by: Customer, id: string): Promise<boolean> {
  const { state } = await by.client.renewal(id)
  return state === 'successful' || state === 'failed'
}
