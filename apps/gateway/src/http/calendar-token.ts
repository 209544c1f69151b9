import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * What a calendar program is given instead of the key, in the address, because it cannot send headers: it reads the calendar and nothing
 * else, and ends with the key. Derived from the key's SHA-256, which is what the database has, so nothing more is stored.
 */
export function calendarTokenOf(mode: string, keyId: string, keySha256: Uint8Array): string {
  return `dlc_${mode}_${keyId}_${macOf(keyId, keySha256).toString('base64url')}`
}

const form = /^dlc_(test|live)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_([\w-]{43})$/

export type CalendarToken = { readonly mode: 'test' | 'live'; readonly keyId: string; readonly mac: Buffer }

export function readCalendarToken(text: string): CalendarToken | undefined {
  const [, mode, keyId, mac] = form.exec(text) ?? []
  if ((mode !== 'test' && mode !== 'live') || keyId === undefined || mac === undefined) return undefined
  return { mode, keyId, mac: Buffer.from(mac, 'base64url') }
}

export function isOfKey({ keyId, mac }: CalendarToken, keySha256: Uint8Array): boolean {
  return timingSafeEqual(mac, macOf(keyId, keySha256))
}

function macOf(keyId: string, keySha256: Uint8Array): Buffer {
  return createHmac('sha256', keySha256).update(`calendar ${keyId}`).digest()
}
