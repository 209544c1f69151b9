import { expect, test } from 'vitest'
import { placeOnce } from '../../src/backorders/place.ts'
import { answerOnce } from '../../src/idempotency/answer-once.ts'
import { itemOf } from '../../src/idempotency/keyed-request.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { keyedRequest } from '../support/keyed.ts'
import { contextOf, givenAccount, givenListings, givenRegistry } from '../support/world.ts'

test('each item of a request has an answer of its own under the one key', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const names = ['a.test', 'b.test']
    await givenListings(ctx, { names })
    const buyer = await givenAccount(ctx)
    const request = keyedRequest('k')
    const place = (name: string, index: number) =>
      placeOnce(buyer, { name, reference: 'bulk' }, itemOf(request, index, name))
    const [a, b] = [await place('a.test', 0), await place('b.test', 1)]
    expect(JSON.parse(b.body)).toMatchObject({ name: 'b.test', reference: 'bulk' })
    expect(await place('a.test', 0)).toEqual({ ...a, replayed: true })
    await expect(place('b.test', 0)).rejects.toMatchObject({ code: 'idempotency_key_reused' })
    const whole = await answerOnce(buyer, request, async () => ({ status: 202, location: null, body: '{}' }))
    expect(whole).toMatchObject({ status: 202, replayed: false })
  }))
