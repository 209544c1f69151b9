import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { renderTypes, typesUrl } from '../src/generate.ts'

test('the types are what the committed OpenAPI document says: run `npm run generate` after a change', async () => {
  expect(readFileSync(typesUrl, 'utf8')).toBe(await renderTypes())
})
