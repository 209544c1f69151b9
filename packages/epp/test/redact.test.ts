import { expect, test } from 'vitest'
import { prepareCreate } from '../src/commands/domain-create.ts'
import { loginXml } from '../src/commands/login.ts'
import { redactSecrets, redactXml } from '../src/redact.ts'
import { PLAIN } from '../src/session/dialect.ts'

test('neither passwords nor authInfo are left in a document that is shown', () => {
  const terms = { version: '1.0', lang: 'en', objects: ['u'], extensions: [] }
  const login = redactXml(loginXml({ clID: 'me', password: 'hush-hush' }, terms, 'L-1'))
  const create = redactXml(
    prepareCreate({ name: 'a.pl', years: 1, authInfo: 'hush-hush' }).frame('D-1', PLAIN).toString('utf8'),
  )
  for (const xml of [login, create]) {
    expect(xml).not.toContain('hush-hush')
    expect(xml).toContain('[redacted]')
  }
  expect(redactXml('<x:newPW xmlns:x="u">hush-hush</x:newPW >')).not.toContain('hush')
})

test('of two secrets, one within the other, nothing is left', () => {
  expect(redactSecrets('longer-secret and secret', ['secret', 'longer-secret'])).toBe(
    '[redacted] and [redacted]',
  )
})
