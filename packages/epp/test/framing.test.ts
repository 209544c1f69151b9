import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeFrame, FRAME_OCTETS_MAX, FrameDecoder, FramingError } from '../src/framing.ts'

function lengthOf(total: number): Buffer {
  const header = Buffer.alloc(4)
  header.writeUInt32BE(total)
  return header
}

function framesIn(chunk: Buffer): readonly Buffer[] {
  const frames: Buffer[] = []
  new FrameDecoder().push(chunk, (body) => frames.push(body))
  return frames
}

test('the header counts its own four octets, and octets rather than characters', () => {
  expect([...encodeFrame('é')]).toEqual([0, 0, 0, 6, 0xc3, 0xa9])
})

test('frames are complete, however the stream was split or joined', () => {
  const bodies = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 8 })
  const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(bodies, cuts, (sent, sizes) => {
      const stream = Buffer.concat(sent.map((body) => encodeFrame(body)))
      const decoder = new FrameDecoder()
      const got: Buffer[] = []
      for (let at = 0, turn = 0; at < stream.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1
        decoder.push(stream.subarray(at, at + size), (body) => got.push(body))
        at += size
      }
      expect(got.map((body) => [...body])).toEqual(sent.map((body) => [...body]))
      expect(decoder.atBoundary).toBe(true)
    }),
  )
})

test('garbage gives frames or a framing error, never anything else', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (chunks) => {
      const decoder = new FrameDecoder()
      try {
        for (const chunk of chunks) decoder.push(chunk, () => {})
      } catch (error) {
        expect(error).toBeInstanceOf(FramingError)
      }
    }),
  )
})

test('complete frames before the garbage are delivered before the error', () => {
  const bodies: string[] = []
  const chunk = Buffer.concat([
    encodeFrame('one'),
    encodeFrame('two'),
    lengthOf(0xffff_ffff),
    encodeFrame('three'),
  ])
  expect(() => new FrameDecoder().push(chunk, (body) => bodies.push(body.toString()))).toThrow(FramingError)
  expect(bodies).toEqual(['one', 'two'])
})

test('the smallest frame has five octets, the largest is bounded', () => {
  for (const total of [0, 4, FRAME_OCTETS_MAX + 1, 0xffff_ffff]) {
    expect(() => framesIn(lengthOf(total))).toThrow(FramingError)
  }
  expect(framesIn(Buffer.concat([lengthOf(5), Buffer.from('x')]))).toHaveLength(1)
  expect(framesIn(lengthOf(FRAME_OCTETS_MAX))).toHaveLength(0)
  expect(() => encodeFrame('')).toThrow(FramingError)
  expect(() => encodeFrame(Buffer.alloc(FRAME_OCTETS_MAX))).toThrow(FramingError)
})

test('the error for an impossible length names its most likely cause', () => {
  expect(() => framesIn(Buffer.from('Access denied for 192.0.2.1\r\n'))).toThrow(
    /plain text refusal: "Access denied for 192\.0\.2\.1"/u,
  )
  expect(() => framesIn(Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02]))).toThrow(/TLS noise/u)
})
