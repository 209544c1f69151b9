import { expect } from 'vitest'
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
  await world.send({ ...wellFormed.putBillingProfile, key })
  const { tax_id: _, ...withoutTaxId } = { ...someProfile, legal_name: '  示例科技有限公司 ' }
  const response = await world.send({ ...wellFormed.putBillingProfile, body: withoutTaxId, key })
  expect(response.status).toBe(200)
  const profile = BillingProfile.parse(await response.json())
  expect(profile).toEqual({ ...withoutTaxId, legal_name: '示例科技有限公司' })
  const read = await world.send({ ...wellFormed.getBillingProfile, key })
  expect(await read.json()).toEqual(profile)
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
