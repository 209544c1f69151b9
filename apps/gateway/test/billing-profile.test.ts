import { expect, test } from 'vitest'
import { BillingProfile } from '../src/resources/billing-profile.ts'
import { sendUnreached, someKey } from './support/app.ts'
import { answers, refuses } from './support/refuses.ts'
import { someProfile, wellFormed } from './support/requests.ts'
import { givenCustomer, useWorld } from './support/world.ts'

const world = useWorld()

answers('getBillingProfile', 200, 'the billing profile is read as it was put', async () => {
  const { key } = await givenCustomer(world.ctx)
  await world.send({ ...wellFormed.putBillingProfile, key })
  const response = await world.send({ ...wellFormed.getBillingProfile, key })
  expect(response.status).toBe(200)
  expect(BillingProfile.parse(await response.json())).toEqual(someProfile)
})

refuses('getBillingProfile', 'billing_profile_missing', 'an account that has put none', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.getBillingProfile, key })
})

answers('putBillingProfile', 200, 'putting a billing profile replaces all of the one before', async () => {
  const { key } = await givenCustomer(world.ctx)
  const first = await world.send({ ...wellFormed.putBillingProfile, key })
  const headers = { 'If-Match': first.headers.get('ETag') ?? '' }
  const { tax_id: _, ...withoutTaxId } = { ...someProfile, legal_name: '  示例科技有限公司 ' }
  const response = await world.send({ ...wellFormed.putBillingProfile, body: withoutTaxId, key, headers })
  expect(response.status).toBe(200)
  const profile = BillingProfile.parse(await response.json())
  expect(profile).toEqual({ ...withoutTaxId, legal_name: '示例科技有限公司' })
  const read = await world.send({ ...wellFormed.getBillingProfile, key })
  expect(await read.json()).toEqual(profile)
  expect(read.headers.get('ETag')).toBe(response.headers.get('ETag'))
  expect(read.headers.get('ETag')).not.toBe(first.headers.get('ETag'))
})

const put = (changes: object) =>
  sendUnreached({ ...wellFormed.putBillingProfile, body: { ...someProfile, ...changes }, key: someKey })

refuses('putBillingProfile', 'invalid_request', 'a country that is no code', () =>
  put({ country: 'Germany' }),
)

refuses('putBillingProfile', 'invalid_request', 'a name of spaces', () => put({ legal_name: '  ' }))

refuses('putBillingProfile', 'invalid_request', 'a line feed inside a line of the address', () =>
  put({ address: ['Beispielweg 7\nand more'] }),
)

refuses('putBillingProfile', 'invalid_request', 'an address without a line', () => put({ address: [] }))

refuses('putBillingProfile', 'invalid_request', 'an e-mail address that is none', () => put({ email: 'me' }))

refuses('putBillingProfile', 'invalid_request', 'a member that there is not', () => put({ vat: 'DE1' }))

const putWith = (key: string, headers: Readonly<Record<string, string>>) =>
  world.send({ ...wellFormed.putBillingProfile, key, headers, ifMatch: null })

refuses('putBillingProfile', 'precondition_failed', 'an edit of an older version', async () => {
  const { key } = await givenCustomer(world.ctx)
  const first = await putWith(key, { 'If-None-Match': '*' })
  const tag = { 'If-Match': first.headers.get('ETag') ?? '' }
  expect((await putWith(key, tag)).status).toBe(200)
  return putWith(key, tag)
})

test.each([
  ['to create what is there', { 'If-None-Match': '*' }, 412],
  ['with a weak tag', { 'If-Match': 'W/"v1"' }, 412],
  ['of another resource', { 'If-Match': '"abc"' }, 412],
  ['with one tag of several', { 'If-Match': '"abc", "v1"' }, 200],
  ['of whatever is there', { 'If-Match': '*' }, 200],
  ['with both conditions', { 'If-Match': '*', 'If-None-Match': '*' }, 400],
])('an edit %s is answered as it must be', async (_, headers, status) => {
  const { key } = await givenCustomer(world.ctx)
  await putWith(key, { 'If-None-Match': '*' })
  expect((await putWith(key, headers)).status).toBe(status)
})

test('of twenty edits of one version at once one is made', async () => {
  const { key } = await givenCustomer(world.ctx)
  const first = await putWith(key, { 'If-None-Match': '*' })
  const tag = { 'If-Match': first.headers.get('ETag') ?? '' }
  const edits = await Promise.all(Array.from({ length: 20 }, () => putWith(key, tag)))
  expect(edits.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(edits.filter(({ status }) => status === 412)).toHaveLength(19)
})
