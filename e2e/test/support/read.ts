import { expect } from 'vitest'

/** The number that a text has after a label; NaN where there is none. */
export function countAfter(text: string, label: RegExp): number {
  const [, count = 'none'] = new RegExp(`${label.source} ([\\d,]+)`).exec(text) ?? []
  return Number(count.replaceAll(',', ''))
}

/** The text has these parts, one after the other. */
export function expectInOrder(text: string, parts: readonly string[]): void {
  let from = 0
  for (const part of parts) {
    const at = text.indexOf(part, from)
    expect(at, `${part} after ${text.slice(0, from)}`).toBeGreaterThanOrEqual(from)
    from = at + part.length
  }
}

/** A refund, and what its approval has to hand back: the terms that were seen. */
export function refundByNote(list: unknown, note: string) {
  const items: unknown = typeof list === 'object' && list !== null ? Reflect.get(list, 'items') : []
  const found = Array.isArray(items) ? items.find((item) => item.note === note) : undefined
  return { id: String(found?.id), asSeen: { terms_hash: found?.terms_hash } }
}
