/** Names of fields that hold secrets, wherever they stand in a log event. */
const secretNames: ReadonlySet<string> = new Set([
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
])

/** How deep they are looked for: an event nests errors in an error (`err.aggregateErrors[0].config`), and nothing deeper. */
const DEPTH_MAX = 4

const CENSORED = '[redacted]'

/**
 * The fields of a log event without its secrets. What has none is returned as it is: most events are flat and hold none, and a
 * copy of each (as pino's own redaction by paths makes) was a fifth of the processor time of a read.
 */
export function redact<Fields extends object>(fields: Fields): Fields {
  return redactWithin(fields, DEPTH_MAX)
}

function redactWithin<Value extends object>(value: Value, depthLeft: number): Value {
  let copy: Value | undefined
  for (const [name, member] of Object.entries(value)) {
    const shown = secretNames.has(name) ? CENSORED : redactMember(member, depthLeft - 1)
    if (shown === member) continue
    copy ??= Array.isArray(value) ? Object.assign([], value) : { ...value }
    Reflect.set(copy, name, shown)
  }
  return copy ?? value
}

/** Dates, errors and the like are written by what they turn into. */
function redactMember(member: unknown, depthLeft: number): unknown {
  if (depthLeft === 0 || typeof member !== 'object' || member === null) return member
  if ('toJSON' in member && typeof member.toJSON === 'function')
    return redactMember(member.toJSON(), depthLeft)
  return redactWithin(member, depthLeft)
}
