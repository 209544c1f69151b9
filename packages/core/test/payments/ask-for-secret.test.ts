import { expect, test } from 'vitest'
import { openTopUp } from '../../src/accounts/top-up.ts'
import { askForOpened, askForSecret } from '../../src/payment-provider/ask.ts'
import { getPayment } from '../../src/payments/read.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { pay } from '../support/cards.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import { contextOf, givenAccount } from '../support/world.ts'

test('a provider that is slow costs its caller no more than the time it is given', () =>
  rolledBack(async (tx) => {
    const buyer = await givenAccount(contextOf(tx))
    const payment = await getPayment(buyer, await openTopUp(buyer, 5_000n))
    const provider = new FakeProvider()
    provider.createIntent = () => new Promise<never>(() => undefined)
    expect(await askForSecret(buyer, provider, payment, 5)).toEqual({ trouble: 'no answer in time' })
  }))

test('trouble with the provider, or in applying its word, never undoes what was opened', () =>
  rolledBack(async (tx) => {
    const buyer = await givenAccount(contextOf(tx))
    const id = await openTopUp(buyer, 5_000n)
    const provider = new FakeProvider()
    provider.createIntent = async () => {
      throw new Error('broken')
    }
    expect(await askForOpened(buyer, provider, id)).toMatchObject({ id, trouble: 'broken' })
    expect(await getPayment(buyer, id)).toMatchObject({ state: 'requires_action', payable: true })
  }))

test('a payment is made at the provider once, however often its secret is asked for', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const buyer = await givenAccount(ctx)
    const provider = new FakeProvider()
    const { id, clientSecret } = await askForOpened(buyer, provider, await openTopUp(buyer, 5_000n))
    const payment = await getPayment(buyer, id)
    expect(await askForSecret(buyer, provider, payment)).toEqual({ provider: provider.name, clientSecret })
    expect(provider.calls).toEqual(['createIntent'])
    await pay(ctx, provider, payment.providerId ?? '')
    const paid = await getPayment(buyer, id)
    expect(paid.payable).toBe(false)
    expect(await askForSecret(buyer, provider, paid)).toEqual({})
  }))

test('what another account opened is not asked for', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const id = await openTopUp(await givenAccount(ctx), 5_000n)
    const stranger = await givenAccount(ctx)
    const asked = askForOpened(stranger, new FakeProvider(), id)
    await expect(asked).rejects.toMatchObject({ code: 'payment_not_found' })
  }))
