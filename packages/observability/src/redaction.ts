/** Names of fields that hold secrets, wherever they stand in a log event. */
const secretNames = [
  'authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'x-csrf-token',
  'csrf_token',
  'password',
  'newPassword',
  'password_hash',
  'pw',
  'newPW',
  'authInfo',
  'auth_info',
  'apiKey',
  'api_key',
  'secret',
  'token',
  'privateKey',
  'secretKey',
  'webhookSecret',
  'clientSecret',
  'client_secret',
  'payUrl',
  'pay_url',
  'stripe-signature',
] as const

/** How deep they are looked for: an event nests headers in a request (`req.headers.authorization`), and nothing deeper. */
const depthMax = 3

/** The secrets as paths of pino's redaction, at every depth. */
export const redactedPaths: readonly string[] = secretNames.flatMap((name) =>
  Array.from({ length: depthMax }, (_, depth) =>
    `${'*.'.repeat(depth)}${name}`.replace(/\.?([\w]*-[\w-]*)$/, '["$1"]'),
  ),
)
