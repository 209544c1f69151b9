import { expect, test } from 'vitest'
import { openTopUp } from '../../src/accounts/top-up.ts'
import { askForOpened, askForSecret } from '../../src/payment-provider/ask.ts'
import { getPayment } from '../../src/payments/read.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { pay } from '../support/cards.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import { contextOf, givenAccount } from '../support/world.ts'

test('a slow provider delays its caller no longer than the limit', () =>
  rolledBack(async (tx) => {
    const buyer = await givenAccount(contextOf(tx))
    const payment = await getPayment(buyer, await openTopUp(buyer, 5_000n))
    const provider = new FakeProvider()
    provider.createIntent = () => new Promise<never>(() => undefined)
    expect(await askForSecret(buyer, provider, payment, 5)).toEqual({ trouble: 'no answer in time' })
  }))

test('a failing provider, or an answer that cannot be applied, leaves the opened payment as it is', () =>
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

test('a payment is created at the provider once, however often its secret is requested', () =>
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

test('a payment of another account is not found', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const id = await openTopUp(await givenAccount(ctx), 5_000n)
    const stranger = await givenAccount(ctx)
    const asked = askForOpened(stranger, new FakeProvider(), id)
    await expect(asked).rejects.toMatchObject({ code: 'payment_not_found' })
  }))
