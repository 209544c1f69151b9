import { listFinanceTasks } from '@droplock/core/finance-tasks'
import { approveRefund } from '@droplock/core/refunds/approve'
import { getRefund } from '@droplock/core/refunds/read'
import { retryRefund } from '@droplock/core/refunds/retry'
import { Refusal } from '@droplock/rules/refusals'
import { cards } from '../cards.ts'
import { expectRefund } from '../expect-refund.ts'
import { expectThat, orderOf, type Play, type Step, secureByCard, until } from '../play.ts'

const name = 'refund-comes-back.com'

/** The bank sends a refund back; two people decide that the balance gets it. */
export const failedRefund: Step = {
  figure: 'failed_refunds_resolved',
  names: [[name, 'lost']],
  before: (play) => secureByCard(play, play.buyer, name, cards.refundFailsLater),
  after: async (play) => {
    const { finance, approver, buyer } = play
    const refund = await expectRefund(play, name, 'original_payment')
    await play.bank.settle(await providerIdOf(play, refund.id))
    await until(play, 'the task about the refund that failed', () => hasTask(play, refund.id))
    const before = await buyer.client.balanceMinor()
    const note = 'The card is closed; the customer asked for the balance'
    const again = await retryRefund(finance, { refundId: refund.id, destination: 'balance', note })
    const { termsHash: seenHash } = await getRefund(approver, again)
    await expectNotAlone(() => approveRefund(finance, { refundId: again, seenHash }))
    await approveRefund(approver, { refundId: again, seenHash })
    expectThat(!(await hasTask(play, refund.id)), 'the task is still open')
    const grown = (await buyer.client.balanceMinor()) - before
    expectThat(grown === orderOf(play, name).priceMinor, `the balance grew by ${grown}`)
    play.say(`${name}: the bank sent the refund back; finance proposed the balance, an approver approved`)
    return 1
  },
}

async function providerIdOf({ stage }: Play, refundId: string): Promise<string> {
  const row = await stage.ctx.db
    .selectFrom('refund')
    .select('provider_refund_id')
    .where('id', '=', refundId)
    .executeTakeFirstOrThrow()
  return row.provider_refund_id ?? ''
}

async function hasTask({ finance }: Play, refundId: string): Promise<boolean> {
  const { items } = await listFinanceTasks(finance, { offset: 0, limit: 100 })
  return items.some(({ kind, subjectId }) => kind === 'refund_failed' && subjectId === refundId)
}

/** Whoever proposed does not decide. */
async function expectNotAlone(decide: () => Promise<void>): Promise<void> {
  const refused = await decide().then(
    () => false,
    (error: unknown) => error instanceof Refusal,
  )
  expectThat(refused, 'who proposed the refund could approve it')
}
