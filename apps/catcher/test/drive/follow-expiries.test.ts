import { expect, test } from 'vitest'
import { TEST_CA } from '../../../../packages/epp/test/support/registry.ts'
import { certificateOf } from '../../src/drive/follow-expiries.ts'
import { readChronyc, readTimedatectl } from '../../src/drive/synchronised.ts'

test('whether the clock is synchronised is known only where a program says so', () => {
  expect(readTimedatectl('yes\n')).toBe(true)
  expect(readTimedatectl('no\n')).toBe(false)
  expect(readTimedatectl('')).toBeUndefined()
  const tracking = 'Reference ID    : 00000000 ()\nStratum         : 0\nLeap status     : '
  expect(readChronyc(`${tracking}Not synchronised\n`)).toBe(false)
  expect(readChronyc(`${tracking}Normal\n`)).toBe(true)
  expect(readChronyc('506 Cannot talk to daemon')).toBeUndefined()
})

test('the expiry of the certificate that the account names is read from its file', () => {
  const certificates = { 'of-2026': { cert: TEST_CA, key: 'a key' } }
  const own = certificateOf({ clientCertificate: 'of-2026' }, { certificates })
  expect(own?.name).toBe('of-2026')
  expect(own?.expiresAt.getTime()).toBeGreaterThan(Date.now())
  expect(certificateOf({ clientCertificate: null }, { certificates })).toBeUndefined()
})
