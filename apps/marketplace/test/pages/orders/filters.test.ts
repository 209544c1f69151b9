import { expect, test } from 'vitest'
import { orderFiltersIn, searchedName, searchOfOrders } from '../../../src/pages/orders/filters.ts'
import { hostsIn, linesOf } from '../../../src/pages/orders/registration/name-servers.ts'

test('the address holds tab, search and page; what it does not know is left out', () => {
  const filters = { state: 'failed', name: 'shop', cursor: 'abc' } as const
  expect(orderFiltersIn(searchOfOrders(filters).slice(1))).toEqual(filters)
  expect(orderFiltersIn('state=hoped&name=+&cursor=')).toEqual({})
  expect(searchOfOrders({})).toBe('')
})

test('an internationalised name is looked for as it is registered, and what is in no name is not', () => {
  expect(searchedName('Bücher.test')).toBe('xn--bcher-kva.test')
  expect(searchedName('SHOP')).toBe('shop')
  expect(searchedName('two words')).toBeUndefined()
})

test('name servers are written one in a line, with the addresses of those below the name', () => {
  const hosts = [{ name: 'ns1.one.test', addresses: ['192.0.2.1', '2001:db8::1'] }, { name: 'ns.two.test' }]
  expect(hostsIn(linesOf(hosts))).toEqual(hosts)
  expect(hostsIn('\n  NS1.Two.test. \n\nns2.two.test 192.0.2.1, 192.0.2.2')).toEqual([
    { name: 'ns1.two.test' },
    { name: 'ns2.two.test', addresses: ['192.0.2.1', '192.0.2.2'] },
  ])
})
