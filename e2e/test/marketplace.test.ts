import { expect, test } from 'vitest'
import { signUp } from './support/journey.ts'
import { marketplaceOfFile, type Way } from './support/marketplace.ts'

// Customers on the real pages: gateway, worker, catcher, registry and payment provider are processes of their own.

const marketplace = marketplaceOfFile()

const ways: readonly (readonly [string, Way])[] = [
  ['in English, with a mouse', { language: 'en' }],
  ['in Chinese, at 360 pixels', { language: 'zh', width: 360 }],
  ['with the keyboard alone', { language: 'en', keyboard: true }],
]

test.each(ways)('a visitor signs up: %s', async (_name, way) => {
  const visit = await marketplace.visit(way)
  await visit.open('/names')
  await signUp(
    marketplace,
    visit,
    `nora-${way.language}-${way.width ?? ''}${way.keyboard ?? ''}@visitors.example`,
  )
  expect(marketplace.faults).toEqual([])
})
