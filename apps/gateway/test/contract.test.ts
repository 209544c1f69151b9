import { describe, expect, test } from 'vitest'
import { Limit } from '../src/contract.ts'
import { PlaceBackorder } from '../src/resources/backorders.ts'

describe('an order', () => {
  test('has a name and its payment, and nothing else', () => {
    for (const payment of ['balance', 'card']) {
      expect(PlaceBackorder.safeParse({ name: 'a.com', payment }).success).toBe(true)
    }
    for (const wrong of [
      {},
      { name: 'a.com' },
      { name: '', payment: 'balance' },
      { name: 'a.com', payment: 'cash' },
      { name: 'a.com', payment: 'balance', price: 1 },
      { name: ['a.com'], payment: 'balance' },
    ]) {
      expect(PlaceBackorder.safeParse(wrong).success).toBe(false)
    }
  })
})

describe('a page limit', () => {
  test('is a plain whole number from 1 to 200', () => {
    expect(Limit.parse('1')).toBe(1)
    expect(Limit.parse('200')).toBe(200)
    expect(Limit.parse(undefined)).toBe(50)
    for (const wrong of ['', '0', '201', '-1', '1e2', ' 7', '7.0', 'x', ['1', '2'], null]) {
      expect(Limit.safeParse(wrong).success).toBe(false)
    }
  })
})
