import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'

test('a catcher that is given no registry account says so, instead of ending as if its work were done', () => {
  const environment = { DATABASE_URL: 'postgres://catcher@127.0.0.1/d', DROPLOCK_EPP_CREDENTIALS: '{}' }
  expect(() => readConfig(environment)).toThrow('names no registry account')
})
