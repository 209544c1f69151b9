import { money } from '@droplock/rules/money'
import { expect, test } from 'vitest'
import { PreparedCreates } from '../../src/drive/prepared-creates.ts'
import { createTargetStore } from '../../src/targets/store.ts'
import { CAP, target } from '../support/target.ts'

test('a create is encoded when firing begins, and anew when its contacts or its cap change', () => {
  const store = createTargetStore()
  let encoded = 0
  const creates = new PreparedCreates(store, () => `secret-${(encoded += 1)}`)
  const armed = target({ phase: 'waiting' })
  store.put(armed)
  expect(encoded).toBe(0)
  const firing = { ...armed, phase: 'firing' } as const
  store.put(firing)
  expect(encoded).toBe(1)
  store.put({ ...firing, lastSentMs: 10_000, busy: true })
  const create = creates.of(firing)
  expect(encoded).toBe(1)
  const cheaper = { ...firing, fee: { cap: CAP, agreed: money(700n, 'USD') } }
  store.put(cheaper)
  expect(creates.of(cheaper)).not.toBe(create)
  const carried = { registrant: 'R-2', contacts: [] }
  store.put({ ...cheaper, contacts: { kind: 'complete', carried } })
  expect(encoded).toBe(3)
  store.remove(firing.id)
  creates.of(firing)
  expect(encoded).toBe(4)
})
