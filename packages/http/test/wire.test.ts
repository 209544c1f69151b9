import { describe, expect, test } from 'vitest'
import { fromWire, money, wire } from '../src/wire.ts'

describe('what goes out', () => {
  test('has names in snake_case, times as text, and leaves out what is null', () => {
    const value = {
      dropFrom: new Date(0),
      failureReason: null,
      heldByYou: false,
      clTRID: 'a-1',
      svTRID: null,
    }
    expect(JSON.parse(JSON.stringify(wire(value)))).toEqual({
      drop_from: '1970-01-01T00:00:00.000Z',
      held_by_you: false,
      cltrid: 'a-1',
    })
  })

  test('has an amount as money, in the currency of its object or of the one around it', () => {
    const statement = {
      currency: 'USD',
      openingMinor: -5n,
      activity: [{ cause: 'refund', creditMinor: 7n }],
      payment: { currency: 'EUR', amountMinor: 9n },
    }
    expect(wire(statement)).toEqual({
      currency: 'USD',
      opening: { amount_minor: -5, currency: 'USD' },
      activity: [{ cause: 'refund', credit: { amount_minor: 7, currency: 'USD' } }],
      payment: { currency: 'EUR', amount: { amount_minor: 9, currency: 'EUR' } },
    })
  })

  test('leaves out an amount that is not there, whatever its currency', () => {
    const price: bigint | null = null
    expect(JSON.stringify(wire({ priceMinor: price, currency: 'USD' }))).toBe('{"currency":"USD"}')
  })

  test('keeps money that is written already', () => {
    expect(wire({ sums: [money(3n, 'EUR')] })).toEqual({ sums: [{ amount_minor: 3, currency: 'EUR' }] })
  })

  test('never invents a currency: an amount without one cannot be written as JSON', () => {
    expect(() => JSON.stringify(wire({ priceMinor: 1n }))).toThrow(TypeError)
  })
})

describe('what comes in', () => {
  test('has names in camelCase, amounts as bigint, and leaves out what was left out', () => {
    const body = { account_id: 'a', limit_minor: 5_000, note: undefined, years: 2 }
    expect(fromWire(body)).toEqual({ accountId: 'a', limitMinor: 5_000n, years: 2 })
    expect(Object.keys(fromWire(body))).not.toContain('note')
  })
})
