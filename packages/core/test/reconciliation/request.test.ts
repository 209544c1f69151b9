import { expect, test } from 'vitest'
import { reconcile } from '../../src/reconciliation/reconcile.ts'
import { findRequest, readLastRequest, requestReconciliation } from '../../src/reconciliation/request.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenStaff } from '../support/world.ts'

const code = (text: string) => expect.objectContaining({ code: text })

test('finance asks for a reconciliation, and the run that answers it is named', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const ann = await givenStaff(ctx, 'finance')
    expect(await readLastRequest(ann)).toBeUndefined()
    const id = await requestReconciliation(ann, 'the registry corrected its report')
    expect(await readLastRequest(ann)).toMatchObject({ id, runId: null, requestedBy: { name: 'finance' } })
    const terms = { closedAfterMs: 0, lookBackMs: 1, settlingMs: 0, runMsMax: 60_000 }
    const cause = { kind: 'request', requestId: (await findRequest(ctx))?.id ?? '' } as const
    const result = await reconcile(ctx, { cause, reports: [], terms })
    expect(await readLastRequest(ann)).toMatchObject({ id, runId: result?.runId })
    expect(await findRequest(ctx)).toBeUndefined()
  }))

test('an operator starts no reconciliation, and nobody without a reason', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await givenStaff(ctx, 'operator')
    await expect(requestReconciliation(operator, 'a try')).rejects.toEqual(code('forbidden'))
    const ann = await givenStaff(ctx, 'finance')
    await expect(requestReconciliation(ann, ' ')).rejects.toEqual(code('reason_required'))
  }))

test('one reconciliation waits at a time', () =>
  rolledBack(async (tx) => {
    const ann = await givenStaff(contextOf(tx), 'finance')
    await requestReconciliation(ann, 'first')
    await expect(requestReconciliation(ann, 'second')).rejects.toEqual(code('reconciliation_requested'))
  }))
