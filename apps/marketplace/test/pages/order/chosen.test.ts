import { expect, test } from 'vitest'
import {
  chosenIn,
  currentOf,
  nextOf,
  payPath,
  returnPath,
  searchOfChosen,
} from '../../../src/pages/order/chosen.ts'
import { returnUrlOf } from '../../../src/pages/order/return-url.ts'

const three = { names: ['a.live', 'b.live', 'c.live'], step: undefined }

test('the address holds the names that were chosen, each once', () => {
  expect(chosenIn('name=A.live&name=b.live&name=a.live&name=+')).toEqual({
    names: ['a.live', 'b.live'],
    step: undefined,
  })
  expect(chosenIn(searchOfChosen({ ...three, step: 2 }).slice(1))).toEqual({ ...three, step: 2 })
  expect(chosenIn(searchOfChosen({ names: ['bücher.live'], step: undefined }).slice(1)).names).toEqual([
    'bücher.live',
  ])
})

test('one name is ordered by itself; of several none is, before they are ordered one after the other', () => {
  expect(currentOf({ names: ['a.live'], step: undefined })).toBe('a.live')
  expect(currentOf(three)).toBeUndefined()
  expect(currentOf({ ...three, step: 2 })).toBe('b.live')
})

test('after a name by card comes the next one, and after the last none', () => {
  expect(nextOf({ ...three, step: 2 })).toEqual({
    name: 'c.live',
    step: 3,
    path: '/order?name=a.live&name=b.live&name=c.live&step=3',
  })
  expect(nextOf({ ...three, step: 3 })).toBeUndefined()
  expect(nextOf(three)).toBeUndefined()
})

test.each(['0', '4', '1.5', 'x', '-1', ''])('a step that there is not is none: %j', (step) => {
  expect(chosenIn(`name=a.live&name=b.live&name=c.live&step=${step}`).step).toBeUndefined()
})

test('where an order is paid, the address says what is ordered after it', () => {
  expect(payPath('1', { names: ['a.live'], step: undefined })).toBe('/orders/1/pay')
  expect(payPath('1', { ...three, step: 1 })).toBe('/orders/1/pay?name=a.live&name=b.live&name=c.live&step=1')
})

test('a card’s page returns to the name that was ordered, with all others as long as they fit', () => {
  const origin = 'https://names.example'
  const short = returnPath({ names: ['a.live'], step: undefined })
  expect(returnUrlOf(origin, 'zh', returnPath({ ...three, step: 1 }), short)).toBe(
    'https://names.example/zh/order?name=a.live&name=b.live&name=c.live&step=1&returned=1',
  )
  const many = { names: Array.from({ length: 50 }, (_, index) => `name-${index}.live`), step: 1 }
  expect(returnUrlOf(origin, 'en', returnPath(many), short)).toBe(
    'https://names.example/en/order?name=a.live&returned=1',
  )
})
