import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { verifyWebhook, WebhookVerificationError } from '../src/verify-webhook.ts'

const [secret, older] = [
  'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'whsec_bm90IHRoZSBzYW1lIHNlY3JldCBhdCBhbGw=',
]
const body = JSON.stringify({ id: 'e1', type: 'balance.low', data: { id: 'a1' } })

function sign(secrets: readonly string[], at = new Date()) {
  return {
    'webhook-id': 'e1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((each) => new Webhook(each).sign('e1', at, body)).join(' '),
  }
}

test('a webhook is verified by its secret, from the headers of Node and of fetch', () => {
  const headers = sign([secret])
  expect(verifyWebhook(body, headers, secret)).toMatchObject({ id: 'e1', type: 'balance.low' })
  expect(verifyWebhook(body, new Headers(headers), secret)).toMatchObject({ id: 'e1' })
})

test('while a secret is rotated either verifies, and a receiver may have both', () => {
  const both = sign([secret, older])
  for (const known of [secret, older, [older, secret]]) expect(verifyWebhook(body, both, known).id).toBe('e1')
  expect(verifyWebhook(body, sign([secret]), [older, secret]).id).toBe('e1')
})

test.each([
  ['another body', body.replace('a1', 'a2'), sign([secret]), secret],
  ['another secret', body, sign([older]), secret],
  ['no signature', body, { 'webhook-id': 'e1' }, secret],
  ['six minutes late', body, sign([secret], new Date(Date.now() - 360_000)), secret],
  ['no secret', body, sign([secret]), []],
])('what is not a webhook of ours is refused: %s', (_, text, headers, known) => {
  expect(() => verifyWebhook(text, headers, known)).toThrow(WebhookVerificationError)
})
