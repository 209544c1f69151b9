import { expectThat, orderFromBalance, orderOf, type Play, type Step } from '../play.ts'
import { ordersAtOnce, zone } from '../settings.ts'

const kept = 'crowd-keeps-this.com'

/** So many names of one account that owes, lost in one drop. */
export function crowd(size: number): Step {
  const names = Array.from({ length: size }, (_, n) => `crowd-${String(n + 1).padStart(4, '0')}.${zone}`)
  return {
    figure: 'failures_at_once',
    names: [[kept, 'ours'], ...names.map((name) => [name, 'lost'] as const)],
    before: async (play) => {
      await orderFromBalance(play, play.crowd, kept)
      const waiting = names.values()
      const orderSome = async () => {
        for (const name of waiting) await orderFromBalance(play, play.crowd, name)
      }
      await Promise.all(Array.from({ length: ordersAtOnce }, orderSome))
      play.say(`one account ordered ${size} names on credit and owes ${await owed(play)}`)
    },
    after: async (play) => {
      const { priceMinor } = orderOf(play, kept)
      const returned = await returnedWhileOwing(play, priceMinor)
      expectThat(returned === size, `${returned} of ${size} went to the balance that owed, whole`)
      expectThat((await owed(play)) === priceMinor, `the account owes ${await owed(play)}, not ${priceMinor}`)
      play.say(
        `${returned} names lost at once: each price whole to the balance, which still owes ${priceMinor}`,
      )
      return returned
    },
  }
}

async function owed({ crowd: { client } }: Play): Promise<number> {
  return -(await client.balanceMinor())
}

/** Whole prices that the balance got back one after the other, each while it owed, in the order of its lock. */
async function returnedWhileOwing(
  { stage, crowd: { accountId } }: Play,
  priceMinor: number,
): Promise<number> {
  const postings = await stage.ctx.db
    .selectFrom('posting')
    .select(['cause', 'amount_minor'])
    .where('account_id', '=', accountId)
    .where('ledger_account', '=', 'customer_balance')
    .orderBy('posted_at')
    .execute()
  let balance = 0n
  let returned = 0
  for (const { cause, amount_minor: amount } of postings) {
    if (cause === 'refund' && amount === BigInt(priceMinor) && balance < 0n) returned += 1
    balance += amount
  }
  return returned
}
