import { after, type Clock, systemClock } from '../clock.ts'
import type { Fault } from '../registry/faults.ts'
import { encodeFrame } from './frames.ts'

/** The parts of a socket that are needed. */
type Wire = {
  readonly destroyed: boolean
  write(octets: Buffer, then?: () => void): unknown
  end(): unknown
}

/** How answers are sent: in one write each, or changed by a fault. */
export type Delivery = {
  send(xml: string, fault?: Fault): void
  /** Sends pending data, then ends our side. */
  end(): void
}

/** Time between the pieces of one frame, so that they arrive separately. */
const GAP_MS = 3
/** A frame that waits to be joined with the next one is sent alone after this: a client with one command in flight sends no second. */
const JOIN_WAIT_MS_MAX = 30
const LENGTH_OFF_DEFAULT = 7

type Piece = { readonly octets: Buffer; readonly gapMs: number }

function whole(frame: Buffer): readonly Piece[] {
  return [{ octets: frame, gapMs: 0 }]
}

/** Three pieces, split inside the length and inside the document. */
function split(frame: Buffer): readonly Piece[] {
  const middle = Math.floor(frame.length / 2)
  return [frame.subarray(0, 2), frame.subarray(2, middle), frame.subarray(middle)].map((octets) => ({
    octets,
    gapMs: GAP_MS,
  }))
}

function singly(frame: Buffer): readonly Piece[] {
  return Array.from(frame, (octet) => ({ octets: Buffer.of(octet), gapMs: 0 }))
}

function withLengthOff(frame: Buffer, off: number): Buffer {
  const wrong = Buffer.from(frame)
  wrong.writeUInt32BE(Math.max(0, frame.length + off), 0)
  return wrong
}

function piecesOf(frame: Buffer, fault: Fault | undefined): readonly Piece[] {
  if (fault?.kind === 'split_frame') return split(frame)
  if (fault?.kind === 'single_octets') return singly(frame)
  if (fault?.kind === 'repeated_answer') return [...whole(frame), ...whole(frame)]
  if (fault?.kind === 'wrong_length') {
    return whole(withLengthOff(frame, fault.lengthOff ?? LENGTH_OFF_DEFAULT))
  }
  return whole(frame)
}

/** Writes pieces in order, with their gaps. `onEmpty` runs when all are written. */
function makePump(socket: Wire, clock: Clock) {
  const queue: Piece[] = []
  let resting = false
  let onEmpty: (() => void) | undefined
  const run = () => {
    resting = false
    for (let piece = queue.shift(); piece !== undefined; piece = queue.shift()) {
      if (socket.destroyed) return
      socket.write(piece.octets)
      if (piece.gapMs > 0) {
        resting = true
        after(clock, piece.gapMs, run)
        return
      }
    }
    onEmpty?.()
  }
  return {
    add(pieces: readonly Piece[]) {
      queue.push(...pieces)
      if (!resting) run()
    },
    whenEmpty(then: () => void) {
      onEmpty = then
      if (!resting) run()
    },
  }
}

/** Sends half a frame, then resets the connection. */
function resetInFrame(socket: Wire, frame: Buffer, reset: () => void): void {
  socket.write(frame.subarray(0, Math.floor(frame.length / 2)), reset)
}

/** Delivers on `socket`. `reset` must end its connection with a TCP RST. */
export function makeDelivery(socket: Wire, reset: () => void, clock: Clock = systemClock): Delivery {
  const pump = makePump(socket, clock)
  let waiting: { readonly frame: Buffer; readonly order: 'before' | 'after' } | undefined
  let cancelJoinWait: (() => void) | undefined
  const release = (nextFrame?: Buffer) => {
    cancelJoinWait?.()
    const held = waiting
    waiting = undefined
    if (!held) return nextFrame && pump.add(whole(nextFrame))
    const frames = held.order === 'before' ? [held.frame, nextFrame] : [nextFrame, held.frame]
    pump.add(whole(Buffer.concat(frames.filter((frame) => frame !== undefined))))
  }
  return {
    send(xml, fault) {
      const frame = encodeFrame(xml)
      if (fault?.kind === 'reset_in_frame') return resetInFrame(socket, frame, reset)
      if (fault?.kind === 'joined_frames' || fault?.kind === 'out_of_order') {
        release()
        waiting = { frame, order: fault.kind === 'joined_frames' ? 'before' : 'after' }
        cancelJoinWait = after(clock, JOIN_WAIT_MS_MAX, () => release())
        return
      }
      if (waiting) release(frame)
      else pump.add(piecesOf(frame, fault))
    },
    end() {
      release()
      pump.whenEmpty(() => socket.end())
    },
  }
}
