import { expectThat, orderFromBalance, type Play, type Step } from '../play.ts'
import { crowdNames, ordersAtOnce, zone } from '../settings.ts'

const names = Array.from({ length: crowdNames }, (_, n) => `crowd-${String(n + 1).padStart(4, '0')}.${zone}`)
const kept = 'crowd-keeps-this.com'

/** A thousand names of one account that owes, lost in one drop. */
export const crowd: Step = {
  figure: 'failures_at_once',
  names: [[kept, 'ours'], ...names.map((name) => [name, 'lost'] as const)],
  before: async (play) => {
    await orderFromBalance(play, play.crowd, kept)
    const waiting = names.values()
    const orderSome = async () => {
      for (const name of waiting) await orderFromBalance(play, play.crowd, name)
    }
    await Promise.all(Array.from({ length: ordersAtOnce }, orderSome))
    play.say(`one account ordered ${names.length} names on credit and owes ${await owed(play)}`)
  },
  after: async (play) => {
    const returned = await returnedInOrder(play)
    expectThat(returned === names.length, `${returned} of ${names.length} went back to the balance, whole`)
    const { priceMinor } = play.orders.get(kept) ?? { priceMinor: 0 }
    const balance = await play.crowd.client.balanceMinor()
    expectThat(balance === -priceMinor, `the account has ${balance} where it should owe ${priceMinor}`)
    play.say(
      `${returned} names lost at once: each whole price to the balance, which still owes ${priceMinor}`,
    )
    return returned
  },
}

async function owed({ crowd: { client } }: Play): Promise<number> {
  return -(await client.balanceMinor())
}

/** Refunds that gave a whole price to the balance, one for each order, none of them before its failure was decided. */
async function returnedInOrder({ stage, crowd: { accountId } }: Play): Promise<number> {
  const rows = await stage.ctx.db
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .innerJoin('backorder', 'backorder.id', 'payment.backorder_id')
    .select(['backorder.id', 'refund.created_at', 'backorder.decided_at'])
    .where('backorder.account_id', '=', accountId)
    .where('backorder.state', '=', 'failed')
    .where('refund.state', '=', 'succeeded')
    .where('refund.destination', '=', 'balance')
    .where('refund.cause', '=', 'backorder_failed')
    .whereRef('refund.amount_minor', '=', 'backorder.price_minor')
    .execute()
  const inTime = rows.filter(({ created_at, decided_at }) => decided_at !== null && created_at >= decided_at)
  return new Set(inTime.map(({ id }) => id)).size
}
