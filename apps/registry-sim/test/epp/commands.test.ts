import { expect, test } from 'vitest'
import { codeOf, textOf } from '../support/epp-client.ts'
import { play } from '../support/exchange.ts'
import { exchanges } from '../support/exchanges.ts'

test.each(exchanges)('$means ($as) is answered $code', (exchange) => {
  const answer = play(exchange)
  if (exchange.code === undefined) expect(answer).toContain('<greeting>')
  else expect(codeOf(answer)).toBe(exchange.code)
})

test.each(exchanges.filter(({ code }) => code !== undefined))(
  '$means ($as) is answered with a svTRID',
  (exchange) => {
    expect(textOf(play(exchange), 'svTRID')).toMatch(/^exact-\d{9}$/)
  },
)

function answerTo(means: string): string {
  const exchange = exchanges.find((candidate) => candidate.means === means)
  if (!exchange) throw new Error(`no exchange is called ${means}`)
  return play(exchange)
}

test('a clTRID is echoed in success and in failure, and left out where the client gave none it could use', () => {
  expect(textOf(answerTo('a create of a free name'), 'clTRID')).toBe('test-0001')
  expect(textOf(answerTo('an unknown verb'), 'clTRID')).toBe('test-0001')
  expect(textOf(answerTo('a create before login'), 'clTRID')).toBe('test-0001')
  expect(answerTo('a command without clTRID')).not.toContain('<clTRID>')
  expect(answerTo('a clTRID too short')).not.toContain('<clTRID>')
  expect(answerTo('XML that is not well-formed')).not.toContain('<clTRID>')
})

test('the table covers every code the server can give', async () => {
  const { messages } = await import('../../src/epp/result-codes.ts')
  const seen = new Set(exchanges.map(({ code }) => code))
  // These need time to pass, a full registry or spent limits: `wire.test.ts`, `dropzone.test.ts` and `limits.test.ts` have them.
  const elsewhere = new Set([1301, 2400, 2500, 2501, 2502])
  const missing = Object.keys(messages)
    .map(Number)
    .filter((code) => !seen.has(code) && !elsewhere.has(code))
  expect(missing).toEqual([])
})
