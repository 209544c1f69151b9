import { BadConfig } from '@droplock/settings/values'
import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'

const url = 'postgres://user:hush@127.0.0.1/droplock'

test('a database is enough; the rest is safe by default', () => {
  expect(readConfig({ DATABASE_URL: url })).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 8081,
    DATABASE_URL: url,
    DROPLOCK_PUBLICATION: 'daily',
    TRUSTED_PROXIES: [],
    CONSOLE_FOLDER: expect.stringMatching(/apps\/console\/dist$/),
  })
})

const provider = {
  DATABASE_URL: url,
  PUBLIC_ORIGIN: 'https://console.example',
  DROPLOCK_STAFF_SECRET_KEY: 'hush'.repeat(8),
  DROPLOCK_OIDC_ISSUER: 'https://id.example',
  DROPLOCK_OIDC_CLIENT_ID: 'console',
  DROPLOCK_OIDC_CLIENT_SECRET: 'hush',
  DROPLOCK_OIDC_ROLES: '{"ops": "operator", "money": ["finance", "finance_approver"]}',
}

test('an identity provider maps values of a claim to roles, each to one or several', () => {
  expect(readConfig(provider)).toMatchObject({
    DROPLOCK_OIDC_ROLES: { ops: ['operator'], money: ['finance', 'finance_approver'] },
    DROPLOCK_OIDC_ROLE_CLAIM: 'groups',
    DROPLOCK_OIDC_SCOPES: ['openid', 'email', 'profile'],
  })
})

test('a mapping to admin is refused at start, and says why', () => {
  for (const roles of ['{"boss": "admin"}', '{"boss": ["viewer", "admin"]}'])
    expect(() => readConfig({ ...provider, DROPLOCK_OIDC_ROLES: roles })).toThrow(
      /admin is given by an administrator, never by the provider/,
    )
})

test.each([
  ['a provider without a mapping', { ...provider, DROPLOCK_OIDC_ROLES: undefined }, 'DROPLOCK_OIDC_ISSUER'],
  [
    'a provider in the open',
    { ...provider, DROPLOCK_OIDC_ISSUER: 'http://id.example' },
    'DROPLOCK_OIDC_ISSUER',
  ],
  ['a mapping of nothing', { ...provider, DROPLOCK_OIDC_ROLES: '{}' }, 'DROPLOCK_OIDC_ROLES'],
  ['a role that is none', { ...provider, DROPLOCK_OIDC_ROLES: '{"a": "hush"}' }, 'DROPLOCK_OIDC_ROLES.a.0'],
  ['a provider without an origin', { ...provider, PUBLIC_ORIGIN: undefined }, 'PUBLIC_ORIGIN'],
  [
    'a provider without a key',
    { ...provider, DROPLOCK_STAFF_SECRET_KEY: undefined },
    'DROPLOCK_STAFF_SECRET_KEY',
  ],
  [
    'a mail server without a sender',
    { ...provider, DROPLOCK_SMTP_URL: 'smtp://u:hush@mail.example' },
    'DROPLOCK_MAIL_FROM',
  ],
  ['no database', {}, 'DATABASE_URL'],
  ['another kind of database', { DATABASE_URL: 'mysql://u:hush@h/d' }, 'DATABASE_URL'],
  ['a port that is none', { DATABASE_URL: url, PORT: '70000' }, 'PORT'],
  ['an origin that is none', { DATABASE_URL: url, PUBLIC_ORIGIN: 'console.example' }, 'PUBLIC_ORIGIN'],
  ['a proxy that is none', { DATABASE_URL: url, TRUSTED_PROXIES: '10.0.0.0/8, hush' }, 'TRUSTED_PROXIES'],
  ['a size that is none', { DATABASE_URL: url, UPLOAD_BYTES_MAX: 'much' }, 'UPLOAD_BYTES_MAX'],
  [
    'a time zone that is none',
    { DATABASE_URL: url, DROPLOCK_SERVICE_TIME_ZONE: 'Mars/One' },
    'DROPLOCK_SERVICE_TIME_ZONE',
  ],
  [
    'a window that ends first',
    { DATABASE_URL: url, DROPLOCK_PUBLICATION_TO: '09:00' },
    'DROPLOCK_PUBLICATION_TO',
  ],
])('%s is one clear line that names the setting and shows no secret', (_, environment, setting) => {
  const read = () => readConfig(environment)
  expect(read).toThrow(BadConfig)
  expect(read).toThrow(new RegExp(`^console-api: ${setting}: [^\n]+$`))
  expect(read).not.toThrow(/hush/)
})
