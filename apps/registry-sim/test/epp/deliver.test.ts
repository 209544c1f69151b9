import { expect, test } from 'vitest'
import { makeDelivery } from '../../src/epp/deliver.ts'
import { type FaultKind, makeFaultPlan, orderFault } from '../../src/registry/faults.ts'
import { frame } from '../support/epp-client.ts'
import { until } from '../support/testbed.ts'

/** A socket that keeps every write. */
function recording() {
  const writes: Buffer[] = []
  const state = { ended: false, resets: 0 }
  const socket = {
    destroyed: false,
    write(octets: Buffer, then?: () => void) {
      writes.push(octets)
      then?.()
    },
    end() {
      state.ended = true
    },
  }
  const delivery = makeDelivery(socket, () => {
    state.resets += 1
  })
  return { writes, state, delivery }
}

const planned = (kind: FaultKind) => orderFault(makeFaultPlan(1, 'sim'), { kind, probability: 1 })
const DOCUMENT = '<epp/>'
const WHOLE = frame(DOCUMENT)

test('without a fault, length and document leave in one write', () => {
  const { writes, delivery } = recording()
  delivery.send(DOCUMENT)
  expect(writes).toEqual([WHOLE])
})

test('a split frame leaves in three writes, the first within the length', async () => {
  const { writes, delivery } = recording()
  delivery.send(DOCUMENT, planned('split_frame'))
  delivery.send('<next/>')
  await until(() => writes.length === 4)
  expect(writes[0]).toEqual(WHOLE.subarray(0, 2))
  expect(Buffer.concat(writes)).toEqual(Buffer.concat([WHOLE, frame('<next/>')]))
})

test('single octets leave one a write', () => {
  const { writes, delivery } = recording()
  delivery.send(DOCUMENT, planned('single_octets'))
  expect(writes.map(({ length }) => length)).toEqual(Array.from(WHOLE, () => 1))
  expect(Buffer.concat(writes)).toEqual(WHOLE)
})

test('joined frames leave in one write, frames out of order the other way round', () => {
  for (const [kind, order] of [
    ['joined_frames', [WHOLE, frame('<next/>')]],
    ['out_of_order', [frame('<next/>'), WHOLE]],
  ] as const) {
    const { writes, delivery } = recording()
    delivery.send(DOCUMENT, planned(kind))
    expect(writes).toEqual([])
    delivery.send('<next/>')
    expect(writes).toEqual([Buffer.concat(order)])
  }
})

test('a frame that waits for company leaves when the connection ends, before its end', () => {
  const { writes, state, delivery } = recording()
  delivery.send(DOCUMENT, planned('joined_frames'))
  delivery.end()
  expect(writes).toEqual([WHOLE])
  expect(state.ended).toBe(true)
})

test('a connection ends only when a split frame has left', async () => {
  const { writes, state, delivery } = recording()
  delivery.send(DOCUMENT, planned('split_frame'))
  delivery.end()
  expect(state.ended).toBe(false)
  await until(() => state.ended)
  expect(Buffer.concat(writes)).toEqual(WHOLE)
})

test('a reset comes after half a frame', () => {
  const { writes, state, delivery } = recording()
  delivery.send(DOCUMENT, planned('reset_in_frame'))
  expect(writes).toEqual([WHOLE.subarray(0, Math.floor(WHOLE.length / 2))])
  expect(state.resets).toBe(1)
})
