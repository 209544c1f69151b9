import { expect, test } from 'vitest'
import { encodeFrame, FRAME_OCTETS_MAX, FrameDecoder, FramingError } from '../../src/framing.ts'
import { Dice, damaged, GOOD } from './corpus.ts'

const STREAMS = 40_000

/** Some frames, complete or not, with a right or wrong length. */
function stream(dice: Dice): Buffer {
  const parts = Array.from({ length: 1 + dice.below(4) }, () => {
    if (dice.below(10) === 0) return dice.octets(dice.below(40))
    const frame = encodeFrame(dice.below(3) === 0 ? damaged(dice) : dice.pick(GOOD))
    if (dice.below(12) === 0) frame.writeUInt32BE(dice.below(2) === 0 ? dice.below(2 ** 32) : dice.below(200))
    return dice.below(8) === 0 ? frame.subarray(0, dice.below(frame.length)) : frame
  })
  return Buffer.concat(parts)
}

test(`of ${STREAMS} streams, split anywhere, each gives its frames or a framing error, and no octet twice`, () => {
  const dice = new Dice(5_734)
  let [frames, errors] = [0, 0]
  for (let round = 0; round < STREAMS; round += 1) {
    const octets = stream(dice)
    const decoder = new FrameDecoder()
    const got: Buffer[] = []
    try {
      for (let at = 0; at < octets.length; ) {
        const size = 1 + dice.below(dice.below(2) === 0 ? 12 : 2_000)
        decoder.push(octets.subarray(at, at + size), (body) => got.push(body))
        at += size
      }
    } catch (error) {
      expect(error).toBeInstanceOf(FramingError)
      errors += 1
    }
    let at = 0
    for (const body of got) {
      expect(body.equals(octets.subarray(at + 4, at + 4 + body.length))).toBe(true)
      at += 4 + body.length
    }
    frames += got.length
  }
  expect(frames).toBeGreaterThan(STREAMS)
  expect(errors).toBeGreaterThan(STREAMS / 20)
})

test('a decoder holds one frame at most, whatever length is announced', () => {
  const before = process.memoryUsage().arrayBuffers
  const decoders = Array.from({ length: 50 }, () => new FrameDecoder())
  for (const decoder of decoders) {
    const header = Buffer.alloc(4)
    header.writeUInt32BE(FRAME_OCTETS_MAX)
    decoder.push(header, () => {})
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(decoders.length * FRAME_OCTETS_MAX * 1.1)
})
