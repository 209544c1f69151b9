import { operations } from '@droplock/contracts/gateway/operations'
import { scopes } from '@droplock/rules/accounts'
import { expect, test } from 'vitest'
import { everyOperationRefuses, expectProblem } from '../support/refuses.ts'
import { operationIds, wellFormed } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

everyOperationRefuses('insufficient_scope', 'a key without any scope', async (operation) => {
  const { key } = await givenCustomer(world.ctx, { scopes: [] })
  return world.send({ ...wellFormed[operation], key })
})

test.each(operationIds)('%s needs exactly the scope that is documented', async (operation) => {
  const documented = operations[operation].security.flatMap(({ apiKey }) => apiKey)
  const others = scopes.filter((scope) => !documented.includes(scope))
  const without = await givenCustomer(world.ctx, { scopes: others })
  const refused = await world.send({ ...wellFormed[operation], key: without.key })
  expect(await expectProblem(refused, 'insufficient_scope')).toMatchObject({ scope: documented[0] })

  const withIt = await givenCustomer(world.ctx, { scopes: documented })
  const response = await world.send({ ...wellFormed[operation], key: withIt.key })
  expect(response.status).not.toBe(403)
})
