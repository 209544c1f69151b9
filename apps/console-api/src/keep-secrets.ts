import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '@droplock/core/context'
import type { Keyring } from '@droplock/core/keys/keyring'
import type { SecretBox } from '@droplock/core/keys/secret-box'
import { followMissingKeys } from '@droplock/core/secrets/find-missing'
import { resealSecondFactors } from '@droplock/core/staff/second-factor/reseal'
import type { Logger } from '@droplock/observability/logger'

/** Nothing waits for it: while a key is changed both open everything. Milliseconds. */
const EVERY_MS = 60_000

/**
 * Seals second factors with the current key, at the start and from time to time until the signal aborts, because another server may still
 * use the one before; and says by an alarm where a key is missing.
 */
export async function keepSecrets(
  ctx: Context,
  boxes: Keyring<SecretBox> | undefined,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  const look = async () => {
    const resealed = boxes === undefined ? 0 : await resealSecondFactors(ctx, boxes)
    if (resealed > 0) logger.info({ event: 'secrets.resealed', values: resealed, key: boxes?.current.id })
    await followMissingKeys(ctx, 'DROPLOCK_STAFF_SECRET_KEY', boxes)
  }
  while (!signal.aborted) {
    await look().catch((error: unknown) => logger.warn({ err: error }, 'cannot look after the secrets'))
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}
