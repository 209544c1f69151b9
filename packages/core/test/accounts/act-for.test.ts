import { expect, test } from 'vitest'
import { getBalance } from '../../src/accounts/read.ts'
import { actFor } from '../../src/context.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenAccount } from '../support/world.ts'

test('only actFor makes a context that acts for an account: no use case takes one that was put together by hand', async () => {
  await rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { actor } = await givenAccount(ctx, { balanceMinor: 500n })
    // @ts-expect-error What compiles here would go around whatever lies under the accounts.
    const byHand: Parameters<typeof getBalance>[0] = { ...ctx, actor }
    expect(byHand).not.toEqual(actFor(ctx, actor))
    expect(await getBalance(actFor(ctx, actor))).toMatchObject({ balanceMinor: 500n })
  })
})
