import { expect, test } from 'vitest'
import { findLookAlike } from '../src/look-alikes.ts'

/** A few lines of Unicode's table of confusables. */
const table: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  х: 'x',
  ο: 'o',
  ϲ: 'c',
  ⅼ: 'l',
  ѕ: 's',
}
const skeleton = (text: string) => [...text].map((character) => table[character] ?? character).join('')

test.each([
  ['сосо.test', { mixesScripts: false, looksLike: 'coco.test' }],
  ['аpple.test', { mixesScripts: true, looksLike: 'apple.test' }],
  ['мое-apple.test', { mixesScripts: true, looksLike: null }],
  ['x.ѕ', { mixesScripts: false, looksLike: 'x.s' }],
])('%s may be mistaken: %o', (name, found) => {
  expect(findLookAlike(name, skeleton)).toEqual(found)
})

test.each(['apple.test', 'xn--abc.test', 'café.test', 'москва.test', '東京.test', 'straße.de'])(
  '%s looks like itself alone',
  (name) => expect(findLookAlike(name, skeleton)).toBeUndefined(),
)
