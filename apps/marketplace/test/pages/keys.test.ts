import { expect, test } from 'vitest'
import { forgetKey, keyFor, memoryStore } from '../../src/pages/parts/keys.ts'

function keys() {
  const store = memoryStore()
  let made = 0
  const keyOf = (what: string, input: unknown) => keyFor(store, what, input, () => `key ${(made += 1)}`)
  return { store, keyOf, forget: (what: string) => forgetKey(store, what) }
}

test('every attempt at one thing has one key, also after the page was loaded again', () => {
  const { keyOf } = keys()
  expect(keyOf('order a.live', { price: 29 })).toBe(keyOf('order a.live', { price: 29 }))
})

test('another price or another name is another request', () => {
  const { keyOf } = keys()
  const first = keyOf('order a.live', { price: 29 })
  expect(keyOf('order a.live', { price: 31 })).not.toBe(first)
  expect(keyOf('order b.live', { price: 29 })).not.toBe(first)
})

test('what was decided is not done under its key again', () => {
  const { keyOf, forget } = keys()
  const first = keyOf('order a.live', { price: 29 })
  forget('order a.live')
  expect(keyOf('order a.live', { price: 29 })).not.toBe(first)
})

test('something else in the place of a key is no key', () => {
  const { store, keyOf } = keys()
  store.setItem('droplock.key order a.live', '{"key":')
  expect(keyOf('order a.live', 1)).toBe('key 1')
  store.setItem('droplock.key order a.live', 'null')
  expect(keyOf('order a.live', 1)).toBe('key 2')
})
