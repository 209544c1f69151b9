import type { StaffContext } from '@droplock/core/context'
import { proveInvariants } from '@droplock/core/invariants'
import { approveProposal } from '@droplock/core/proposals/approve'
import { proposeCreditLimit } from '@droplock/core/proposals/propose'
import { createSandboxControl } from '@droplock/payments/sandbox/sandbox-control'
import type { Role } from '@droplock/rules/staff'
import { createClient } from '@droplock/sdk/client'
import { type Environment, startEnvironment } from '../../environment/environment.ts'
import type { Output } from '../../launch/output.ts'
import { addPerson, addReseller } from '../../seed/accounts.ts'
import { dispute, invoice, renewals } from './caught-steps.ts'
import { dropNames, publishNames } from './drop.ts'
import { balanceOrder, cardOrder, declinedCard, latePayment } from './order-steps.ts'
import { reconcileBooks } from './reconcile-books.ts'
import { crowd, failedRefund, lostWithDebt, lostWithoutDebt } from './refund-steps.ts'
import { type Customer, expectThat, type Run, type Step } from './run.ts'
import { limits, registryId, timing, zone } from './settings.ts'

/** In the order in which they run; the first card payment raises the limit of holds for its account. */
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

/** Away from the ports of `npm start`, of the other demo and of the load tests, so that all may run at once. */
const FIRST_PORT = 18_900
/** More than a thousand names cost. Minor units. */
const CREDIT_MINOR = 10_000_000n

const plan = {
  name: 'money',
  firstPort: FIRST_PORT,
  registries: [
    {
      id: registryId,
      ...limits,
      zones: [zone],
      timing,
      // The second list moves every name of the first: here that is no mistake.
      quarantine: {
        suspectedPercentMax: 100,
        movedPercentMax: 100,
        rowsPercentMin: 0,
        rejectsPercentMax: 100,
      },
    },
  ],
  apps: {
    'registry-sim': {},
    payments: {},
    gateway: {},
    worker: {},
    // Names are prepared as soon as they are armed.
    catcher: { DROPLOCK_PREPARE_LEAD_MS: '60000' },
  },
}

type MoneyResult = {
  /** One number for each step. */
  readonly summary: Readonly<Record<string, number>>
  /** Steps that did not go as promised, as lines for a person. */
  readonly broken: readonly string[]
}

/**
 * Everything that money does, once, over the wire; `crowdSize` names are lost at once. Rejects when the environment does not start,
 * or `stop` aborts.
 */
export async function runMoneyDemo(
  output: Output,
  stop: AbortSignal,
  crowdSize: number,
): Promise<MoneyResult> {
  const { say } = output
  say('starting the database, a simulated registry, the sandbox provider, gateway, worker and catcher')
  await using environment = await startEnvironment(plan, output, stop)
  const run = await prepareRun(environment, say, stop)
  return await Promise.race([perform(run, stepsWith(crowdSize)), environment.failed])
}

async function perform(run: Run, steps: readonly Step[]): Promise<MoneyResult> {
  const names = steps.flatMap((step) => step.names)
  const broken: string[] = []
  const summary: Record<string, number> = {}
  await publishNames(run, names)
  for (const { figure, before } of steps) await attempt(figure, broken, async () => before?.(run))
  await dropNames(run, names)
  for (const { figure, after } of steps) {
    summary[figure] = 0
    await attempt(figure, broken, async () => {
      summary[figure] = await after(run)
    })
  }
  await attempt('books', broken, () => proveBooks(run))
  // What was not compared does not agree.
  let compared = { reconciled: 0, unmatched: -1 }
  await attempt('reconciled', broken, async () => {
    const { movements, entries, unmatched } = await reconcileBooks(run, registryId)
    compared = { reconciled: movements + entries, unmatched }
    expectThat(unmatched === 0, `${unmatched} items do not agree`)
  })
  return { summary: { ...summary, ...compared, duration_ms: Math.round(performance.now()) }, broken }
}

/** A step that fails is reported, and the others go on. An abort ends them all. */
async function attempt(figure: string, broken: string[], step: () => Promise<void>): Promise<void> {
  try {
    await step()
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error
    broken.push(`${figure}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function prepareRun(
  environment: Environment,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<Run> {
  const { ctx, resellers, sandbox } = environment
  const clientOf = (apiKey: string) => createClient({ baseUrl: environment.urlOf('gateway'), apiKey })
  const addCustomer = async (name: string): Promise<Customer> => {
    const { accountId, apiKey } = await addReseller(ctx, { name, currency: 'USD' })
    return { accountId, client: clientOf(apiKey) }
  }
  const addStaff = (name: string, role: Role) =>
    addPerson(ctx, {
      name,
      email: `${name.toLowerCase().replaceAll(' ', '.')}@demo.example`,
      roles: [role],
    })
  const rich = resellers.find(({ currency }) => currency === 'USD')
  if (rich === undefined) throw new Error('there is no reseller who pays in dollars')
  const approver = await addStaff('Abe Approver', 'finance_approver')
  const second = await addStaff('Bea Approver', 'finance_approver')
  const [debtor, owing] = [await addCustomer('Dune Debtor'), await addCustomer('Crowd Names')]
  for (const { accountId } of [debtor, owing]) await giveCredit(approver, second, accountId)
  return {
    environment,
    buyer: await addCustomer('Cedar Cards'),
    rich: { accountId: '', client: clientOf(rich.apiKey) },
    debtor,
    crowd: owing,
    finance: await addStaff('Fay Finance', 'finance'),
    approver,
    bank: createSandboxControl(sandbox.url, sandbox.apiKey),
    say,
    stop,
    orders: new Map(),
  }
}

/** So much credit takes two people. */
async function giveCredit(proposer: StaffContext, decider: StaffContext, accountId: string): Promise<void> {
  const terms = { accountId, limitMinor: CREDIT_MINOR, reason: 'Agreed by contract' }
  const proposalId = await proposeCreditLimit(proposer, terms)
  await approveProposal(decider, { proposalId })
}

async function proveBooks({ finance, say }: Run): Promise<void> {
  const { holds, invariants } = await proveInvariants(finance)
  const violated = invariants.filter(({ violations }) => violations > 0).map(({ name }) => name)
  if (!holds) throw new Error(`broken promises: ${violated.join(', ')}`)
  say(`${invariants.length} promises about the books are proven from the rows`)
}
