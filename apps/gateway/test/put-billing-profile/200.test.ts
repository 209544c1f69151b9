import { BillingProfile } from '@droplock/contracts/gateway/billing-profile'
import { expect, test } from 'vitest'
import { someProfile, wellFormed } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

test('putting a billing profile replaces all of the one before', async () => {
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
