import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { quantile } from '@droplock/core/bench/support/measure'
import { openLink } from '../../../registry-sim/src/rivals/link.ts'
import type { Lane } from './lane.ts'

const SAMPLES = 40
const PAUSE_MS = 25
const HELLO =
  '<?xml version="1.0" encoding="UTF-8"?><epp xmlns="urn:ietf:params:xml:ns:epp-1.0"><hello/></epp>'

/**
 * The round trip of a command as it is, by a minimal client that needs no account: the proxy's delay, and what the processes and the
 * loopback add while the rivals send. Milliseconds, the median; never less than the proxy's delay.
 */
export async function measureRoundTrip({ port, caFile, roundTripMs }: Lane): Promise<number> {
  const link = await openLink({ host: '127.0.0.1', port, ca: readFileSync(caFile, 'utf8') })
  try {
    const samples: number[] = []
    while (samples.length < SAMPLES) {
      const sentMs = performance.now()
      await link.ask(HELLO)
      samples.push(performance.now() - sentMs)
      await delay(PAUSE_MS)
    }
    return Math.max(roundTripMs, quantile(samples, 0.5))
  } finally {
    link.close()
  }
}
