import { expect, test } from 'vitest'
import { changeOfNameServers, decideNameServers } from '../../src/registrations/name-servers.ts'

const ns = (name: string, ...addresses: readonly string[]) =>
  addresses.length > 0 ? { name, addresses } : { name }

const refusal = (index?: number) =>
  expect.objectContaining({
    code: 'invalid_name_servers',
    ...(index !== undefined && { facts: { index } }),
  })

test('two requests for the same name servers are equal, whatever their order', () => {
  const one = decideNameServers('a.test', [ns('ns2.net'), ns('ns.a.test', '192.0.2.2', '192.0.2.1')])
  const other = decideNameServers('a.test', [ns('ns.a.test', '192.0.2.1', '192.0.2.2'), ns('ns2.net')])
  expect(one).toEqual(other)
})

test.each([
  ['one', [ns('ns1.net')]],
  ['fourteen', Array.from({ length: 14 }, (_, index) => ns(`ns${index}.net`))],
])('a name does not have %s name servers', (_, wanted) => {
  expect(() => decideNameServers('a.test', wanted)).toThrow(refusal())
})

test.each([
  ['a server twice', [ns('ns1.net'), ns('ns1.net')]],
  ['the name itself', [ns('ns1.net'), ns('a.test')]],
  ['a single label', [ns('ns1.net'), ns('localhost')]],
  ['a host below the name without addresses', [ns('ns1.net'), ns('ns.a.test')]],
  ['a host elsewhere with addresses', [ns('ns1.net'), ns('ns2.net', '192.0.2.1')]],
  ['a host elsewhere that ends alike with addresses', [ns('ns1.net'), ns('nsa.test', '192.0.2.1')]],
])('%s is refused, and the index says which', (_, wanted) => {
  expect(() => decideNameServers('a.test', wanted)).toThrow(refusal(1))
})

test('host objects differ by their names alone, host attributes also by their addresses', () => {
  const held = [ns('ns1.net'), ns('ns.a.test', '192.0.2.1')]
  const wanted = [ns('ns2.net'), ns('ns.a.test', '192.0.2.9')]
  expect(changeOfNameServers(held, wanted, 'objects')).toEqual({
    add: [ns('ns2.net')],
    remove: [ns('ns1.net')],
  })
  expect(changeOfNameServers(held, wanted, 'attributes')).toEqual({
    add: [{ name: 'ns2.net', addresses: [] }, ns('ns.a.test', '192.0.2.9')],
    remove: [{ name: 'ns1.net', addresses: [] }, ns('ns.a.test', '192.0.2.1')],
  })
})

test('where nothing differs there is nothing to change', () => {
  const held = [ns('ns1.net'), ns('ns.a.test', '192.0.2.1', '192.0.2.2')]
  const wanted = [ns('ns.a.test', '192.0.2.2', '192.0.2.1'), ns('ns1.net')]
  expect(changeOfNameServers(held, wanted, 'objects')).toBeUndefined()
  expect(changeOfNameServers(held, wanted, 'attributes')).toBeUndefined()
})
