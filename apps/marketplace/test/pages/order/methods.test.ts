import { expect, test } from 'vitest'
import { chosenMethod, methods, missingOf, usableMethods } from '../../../src/pages/order/methods.ts'

const usd = (amount_minor: number) => ({ amount_minor, currency: 'USD' })
const offered = methods

test('a balance that covers the amount is offered first', () => {
  expect(usableMethods({ amount: usd(29), available: usd(29), offered, refused: [] })).toEqual([
    'balance',
    'card',
  ])
})

test('a balance that is too low says by how much, and leaves the card', () => {
  const means = { amount: usd(29), available: usd(-5), offered, refused: [] }
  expect(missingOf(means)).toBe(34)
  expect(usableMethods(means)).toEqual(['card'])
})

test('what is not offered or refused cannot be used', () => {
  expect(usableMethods({ amount: usd(29), available: usd(50), offered, refused: ['card'] })).toEqual([
    'balance',
  ])
  expect(usableMethods({ amount: usd(29), available: undefined, offered: ['card'], refused: [] })).toEqual([
    'card',
  ])
  expect(usableMethods({ amount: usd(29), available: usd(0), offered: ['balance'], refused: [] })).toEqual([])
})

test('a person’s choice stays while it can be used; a card that was begun is shown', () => {
  expect(chosenMethod(['balance', 'card'], { chosen: 'card', hasCard: false })).toBe('card')
  expect(chosenMethod(['balance'], { chosen: 'card', hasCard: true })).toBe('balance')
  expect(chosenMethod(['balance', 'card'], { chosen: undefined, hasCard: true })).toBe('card')
  expect(chosenMethod(['balance', 'card'], { chosen: undefined, hasCard: false })).toBe('balance')
  expect(chosenMethod([], { chosen: 'card', hasCard: true })).toBeUndefined()
})
