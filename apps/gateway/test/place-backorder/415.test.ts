import { expect, test } from 'vitest'
import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'
import { wellFormed } from '../support/requests.ts'

const { send } = createTestApp({ test: failing(new Error('reached')) })
const sendAs = (mediaType: string) =>
  send({ ...wellFormed.placeBackorder, key: someKey, headers: { 'Content-Type': mediaType } })

refuses('placeBackorder', 'unsupported_media_type', 'a form', () =>
  sendAs('application/x-www-form-urlencoded'),
)

refuses('placeBackorder', 'unsupported_media_type', 'JSON that says it is text', () => sendAs('text/plain'))

test('JSON may name its character set', async () => {
  expect((await sendAs('application/json; charset=utf-8')).status).not.toBe(415)
})
