import type { StaffContext } from '@droplock/core/context'
import { proveInvariants } from '@droplock/core/invariants'
import { approveProposal } from '@droplock/core/proposals/approve'
import { proposeCreditLimit } from '@droplock/core/proposals/propose'
import { createSandboxControl } from '@droplock/payments/sandbox/sandbox-control'
import type { Output } from '../../launch/output.ts'
import { addCustomer, addPerson } from './customers.ts'
import { dropNames, publishNames } from './drop.ts'
import { expectThat, type Play, type Step } from './play.ts'
import { reconcileBooks } from './reconcile-books.ts'
import { resellerAt } from './reseller.ts'
import { type MoneyStage, setMoneyStage } from './stage.ts'
import { balanceOrder } from './steps/balance-order.ts'
import { cardOrder } from './steps/card-order.ts'
import { crowd } from './steps/crowd.ts'
import { declinedCard } from './steps/declined-card.ts'
import { dispute } from './steps/dispute.ts'
import { failedRefund } from './steps/failed-refund.ts'
import { invoice } from './steps/invoice.ts'
import { latePayment } from './steps/late-payment.ts'
import { lostWithDebt } from './steps/lost-with-debt.ts'
import { lostWithoutDebt } from './steps/lost-without-debt.ts'
import { renewals } from './steps/renewals.ts'

/** In the order in which they are played; the first card payment opens more holds for its account. */
const stepsWith = (crowdSize: number): readonly Step[] => [
  balanceOrder,
  cardOrder,
  declinedCard,
  latePayment,
  lostWithoutDebt,
  lostWithDebt,
  failedRefund,
  dispute,
  invoice,
  renewals,
  crowd(crowdSize),
]

/** More than a thousand names cost. Minor units. */
const creditMinor = 10_000_000n

export type MoneyResult = {
  /** One number for each step. */
  readonly summary: Readonly<Record<string, number>>
  /** Steps that did not go as promised, as lines for a person. */
  readonly broken: readonly string[]
}

/** All that money does, once, over the wire; `crowdSize` names are lost at once. Rejects when the stage cannot be set, or `stop` aborts. */
export async function runMoneyDemo(
  say: (line: string) => void,
  output: Output,
  stop: AbortSignal,
  crowdSize: number,
): Promise<MoneyResult> {
  say('starting the database, a simulated registry, the sandbox provider, gateway, worker and catcher')
  await using stage = await setMoneyStage(output, stop)
  return await Promise.race([perform(await givenPlay(stage, say, stop), stepsWith(crowdSize)), stage.failed])
}

async function perform(play: Play, steps: readonly Step[]): Promise<MoneyResult> {
  const names = steps.flatMap((step) => step.names)
  const broken: string[] = []
  const summary: Record<string, number> = {}
  await publishNames(play, names)
  for (const { figure, before } of steps) await attempt(figure, broken, async () => before?.(play))
  await dropNames(play, names)
  for (const { figure, after } of steps) {
    summary[figure] = 0
    await attempt(figure, broken, async () => {
      summary[figure] = await after(play)
    })
  }
  await attempt('books', broken, () => proveBooks(play))
  // What was not compared does not agree.
  let compared = { reconciled: 0, unmatched: -1 }
  await attempt('reconciled', broken, async () => {
    const { movements, entries, unmatched } = await reconcileBooks(play)
    compared = { reconciled: movements + entries, unmatched }
    expectThat(unmatched === 0, `${unmatched} items do not agree`)
  })
  return { summary: { ...summary, ...compared, duration_ms: Math.round(performance.now()) }, broken }
}

/** A step that breaks is told, and the others go on; what was told to stop, stops. */
async function attempt(figure: string, broken: string[], run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error
    broken.push(`${figure}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function givenPlay(stage: MoneyStage, say: (line: string) => void, stop: AbortSignal): Promise<Play> {
  const { ctx, gatewayUrl, sandbox } = stage
  const add = (name: string) => addCustomer(ctx, gatewayUrl, name)
  const approver = await addPerson(ctx, 'Abe Approver', 'finance_approver')
  const [debtor, owing] = [await add('Dune Debtor'), await add('Crowd Names')]
  const second = await addPerson(ctx, 'Bea Approver', 'finance_approver')
  for (const { accountId } of [debtor, owing]) await giveCredit(approver, second, accountId)
  return {
    stage,
    buyer: await add('Cedar Cards'),
    rich: { accountId: '', client: resellerAt(gatewayUrl, stage.richKey) },
    debtor,
    crowd: owing,
    finance: await addPerson(ctx, 'Fay Finance', 'finance'),
    approver,
    bank: createSandboxControl(sandbox.url, sandbox.apiKey),
    say,
    stop,
    orders: new Map(),
  }
}

/** So much credit takes two people. */
async function giveCredit(proposer: StaffContext, decider: StaffContext, accountId: string): Promise<void> {
  const terms = { accountId, limitMinor: creditMinor, reason: 'Agreed by contract' }
  const proposalId = await proposeCreditLimit(proposer, terms)
  await approveProposal(decider, { proposalId })
}

async function proveBooks({ finance, say }: Play): Promise<void> {
  const { holds, invariants } = await proveInvariants(finance)
  const violated = invariants.filter(({ violations }) => violations > 0).map(({ name }) => name)
  if (!holds) throw new Error(`broken promises: ${violated.join(', ')}`)
  say(`${invariants.length} promises about the books are proven from the rows`)
}
