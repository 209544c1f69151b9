import { BillingProfile } from '@droplock/contracts/gateway/billing-profile'
import { expect, test } from 'vitest'
import { someProfile, wellFormed } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

test('the billing profile is read as it was put', async () => {
  const { key } = await givenCustomer(world.ctx)
  await world.send({ ...wellFormed.putBillingProfile, key })
  const response = await world.send({ ...wellFormed.getBillingProfile, key })
  expect(response.status).toBe(200)
  expect(BillingProfile.parse(await response.json())).toEqual(someProfile)
})
