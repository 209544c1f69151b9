import type { components } from '@droplock/sdk/openapi.gen'

type Order = Pick<
  components['schemas']['BackorderDetail'],
  'state' | 'settled_at' | 'deciding_attempt' | 'attempts'
>

/**
 * When the registry gave the answer that decided an order. Of a name we won, the crDate that the registry itself keeps; of
 * another, when the attempt that decided it was answered. Milliseconds since the epoch; NaN when it is not on record.
 */
export function answeredAtMs({ state, settled_at, deciding_attempt, attempts }: Order): number {
  if (state === 'successful') return Date.parse(settled_at ?? '')
  const last = deciding_attempt ?? attempts[0]
  return Date.parse(last?.sent_at ?? '') + (last?.round_trip_ms ?? 0)
}
