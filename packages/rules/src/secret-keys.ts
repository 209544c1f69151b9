/** The settings with keys by which something in the database is sealed, or from which it is derived. Beside each value is the id of its key. */
export const secretKeySettings = [
  'DROPLOCK_STAFF_SECRET_KEY',
  'DROPLOCK_WEBHOOK_SECRET_KEY',
  'DROPLOCK_AUTH_CODE_SECRET',
] as const

export type SecretKeySetting = (typeof secretKeySettings)[number]
