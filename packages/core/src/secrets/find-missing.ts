import type { SecretKeySetting } from '@droplock/rules/secret-keys'
import { clearAlarms, type RaiseAlarm, raiseAlarms } from '../alarms/raise.ts'
import type { Context } from '../context.ts'
import type { Keyring } from '../keys/keyring.ts'
import { readKeyUse } from './read-use.ts'

type Ring = Pick<Keyring<{ readonly id: string }>, 'withId'> | undefined

/**
 * The alarm `secret_key_missing`, if something is kept that was made by a key of the setting which this process does not have, as after a
 * restore without the keys.
 */
export async function findMissingKeys(
  ctx: Pick<Context, 'db'>,
  setting: SecretKeySetting,
  ring: Ring,
): Promise<RaiseAlarm | undefined> {
  const missing = (await readKeyUse(ctx, setting)).filter(({ keyId }) => ring?.withId(keyId) === undefined)
  if (missing.length === 0) return undefined
  const keys = missing.map(({ keyId }) => keyId)
  const values = missing.reduce((sum, each) => sum + each.values, 0)
  return { kind: 'secret_key_missing', subject: setting, facts: { keys, values } }
}

/** Raises that alarm, or clears it. */
export async function followMissingKeys(ctx: Context, setting: SecretKeySetting, ring: Ring): Promise<void> {
  const missing = await findMissingKeys(ctx, setting, ring)
  if (missing === undefined) await clearAlarms(ctx, [{ kind: 'secret_key_missing', subject: setting }])
  else await raiseAlarms(ctx, [missing])
}
