import { createSandboxProvider } from '@droplock/payments/sandbox/sandbox-provider'
import { reconcileBooks } from '../../../src/demo/money/reconcile-books.ts'
import { said } from './said.ts'
import { registryId, type Stage } from './stage.ts'

/** The provider's and the registry's own books agree with ours: nothing was charged or refunded twice, or not at all. */
export async function judgeProvider({ environment, ctx }: Stage): Promise<readonly string[]> {
  const findings: string[] = []
  const stop = new AbortController().signal
  const run = { environment, stop, say: (line: string) => void findings.push(line) }
  try {
    const { unmatched } = await reconcileBooks(run, registryId)
    if (unmatched === 0) findings.length = 0
  } catch (error) {
    findings.push(`not reconciled: ${said(error)}`)
  }
  const movements = await readMovements(environment.sandbox)
  const twice = [...Map.groupBy(movements, ({ kind, objectId }) => `${kind} ${objectId}`)]
    .filter(([, same]) => same.length > 1)
    .map(([what, same]) => `the provider booked ${what} ${same.length} times`)
  const refunds = await ctx.db
    .selectFrom('refund')
    .select('id')
    .where('provider_refund_id', 'is not', null)
    .where('state', '=', 'succeeded')
    .execute()
  const theirs = movements.filter(({ kind }) => kind === 'refund').length
  const count =
    theirs === refunds.length ? [] : [`the provider paid ${theirs} refunds, and we ${refunds.length}`]
  return [...findings, ...twice, ...count]
}

async function readMovements(sandbox: Stage['environment']['sandbox']) {
  const provider = createSandboxProvider(sandbox)
  const now = Date.now()
  const range = { from: new Date(now - 86_400_000), to: new Date(now + 60_000) }
  const movements: { readonly kind: string; readonly objectId: string }[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await provider.listBalanceTransactions(range, cursor)
    if (page.kind !== 'done') throw new Error(`the provider's books are not read: ${page.reason}`)
    for (const { kind, objectId } of page.value.transactions)
      movements.push({ kind, objectId: objectId ?? '' })
    if (page.value.cursor === undefined) return movements
    cursor = page.value.cursor
  }
}
