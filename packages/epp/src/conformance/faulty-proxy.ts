import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'

/** What happens to the octets of one direction. Without a member they pass at once. */
export type Conditions = {
  /** How long what arrives now is on its way. Octets keep their order. Milliseconds. */
  readonly delayMs?: () => number
  /** Of how many octets the next piece is, which is sent in a packet of its own. */
  readonly sliceOctets?: () => number
  readonly octetsPerSecondMax?: number
  /**
   * `held`: octets wait until the conditions change. `lost`: they vanish, and so does the end of a connection: its two sides do not know
   * of each other any more, and a connection that lost something is reset when the conditions change.
   */
  readonly silence?: 'held' | 'lost'
}

export type Network = {
  /** From the client to the server. */
  readonly up?: Conditions
  readonly down?: Conditions
  /** Connections are reset, and new ones as soon as they are accepted. */
  readonly refuses?: boolean
}

export type FaultyProxy = {
  readonly port: number
  /** The conditions from now on, in place of those before. */
  impose(network: Network): void
  /** Resets all connections (RST, RFC 9293 §3.5.2), to both sides. Returns how many there were. */
  resetAll(): number
  /** From now on nothing passes through the connections that are open, for good and without a word. New ones are as usual. Returns how many. */
  silenceOpen(): number
  /** The client's next octets are passed on. What is answered is not: the connection is reset instead. */
  cutNextAnswer(): void
  /** Connections that are open, and how many there were and how many octets passed in all. */
  counts(): { readonly open: number; readonly accepted: number; readonly up: number; readonly down: number }
  stop(): Promise<void>
}

/** What waits in a connection's direction at the most before the sender has to wait. */
const WAITING_OCTETS_MAX = 1_048_576

/**
 * A TCP proxy below TLS that does on purpose what networks do, so that every connection of every process can be tried in bad conditions, and
 * a command be made ambiguous at any registry without its help. It listens on 127.0.0.1. Certificates are still checked end to end. `port`: a
 * function where the server starts later.
 */
export async function startFaultyProxy(host: string, port: number | (() => number)): Promise<FaultyProxy> {
  const links = new Set<Link>()
  const passed = { up: 0, down: 0 }
  let network: Network = {}
  let accepted = 0
  let isCutting = false
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    accepted += 1
    client.on('error', () => undefined)
    if (network.refuses === true) return void client.resetAndDestroy()
    const to = typeof port === 'number' ? port : port()
    const link = new Link(client, connect({ host, port: to, allowHalfOpen: true, noDelay: true }), {
      conditions: (way) => network[way] ?? {},
      takesCut: () => {
        const takes = isCutting
        isCutting = false
        return takes
      },
      onPassed: (way, octets) => {
        passed[way] += octets
      },
      onClosed: () => links.delete(link),
    })
    links.add(link)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const resetAll = (): number => {
    const open = [...links]
    for (const link of open) link.reset()
    return open.length
  }
  return {
    port: portOf(server.address()),
    impose: (next) => {
      network = next
      if (next.refuses === true) resetAll()
      for (const link of links) if (link.hasLost && !link.isSilent) link.reset()
    },
    resetAll,
    silenceOpen: () => {
      for (const link of links) link.isSilent = true
      return links.size
    },
    cutNextAnswer: () => {
      isCutting = true
    },
    counts: () => ({ open: links.size, accepted, ...passed }),
    stop: async () => {
      server.close()
      resetAll()
      await once(server, 'close')
    },
  }
}

type Way = 'up' | 'down'

type LinkOptions = {
  readonly conditions: (way: Way) => Conditions
  /** Whether this link is the one whose next answer is cut. Asked when its client has sent something. */
  readonly takesCut: () => boolean
  readonly onPassed: (way: Way, octets: number) => void
  readonly onClosed: () => void
}

/** What has arrived and is to be sent, or the end of the sending. */
type Waiting = { readonly octets: Buffer; readonly isEnd: boolean; readonly dueMs: number }

/** A connection of a client, and ours to the server for it. */
class Link {
  /** Something vanished: its sides are out of step for good. */
  hasLost = false
  /** Nothing passes any more, and nothing else happens. */
  isSilent = false
  readonly #sockets: Readonly<Record<'client' | 'server', Socket>>
  readonly #options: LinkOptions
  #isCutting = false
  #isOver = false
  #open = 2

  constructor(client: Socket, server: Socket, options: LinkOptions) {
    this.#sockets = { client, server }
    this.#options = options
    this.#carry('up', client, server)
    this.#carry('down', server, client)
  }

  reset(): void {
    this.#isOver = true
    for (const socket of [this.#sockets.client, this.#sockets.server]) socket.resetAndDestroy()
  }

  #carry(way: Way, from: Socket, to: Socket): void {
    const waiting: Waiting[] = []
    let octetsWaiting = 0
    let isPumping = false
    const take = (octets: Buffer, isEnd: boolean) => {
      if (this.#loses(way)) return
      const { delayMs } = this.#options.conditions(way)
      const dueMs = Math.max(performance.now() + (delayMs?.() ?? 0), waiting.at(-1)?.dueMs ?? 0)
      waiting.push({ octets, isEnd, dueMs })
      octetsWaiting += octets.length
      if (octetsWaiting > WAITING_OCTETS_MAX) from.pause()
      if (!isPumping) void pump()
    }
    const pump = async () => {
      isPumping = true
      for (let next = waiting.shift(); next !== undefined && !this.#isOver; next = waiting.shift()) {
        await this.#send(way, to, next)
        octetsWaiting -= next.octets.length
        from.resume()
      }
      isPumping = false
    }
    from.on('data', (octets: Buffer) => {
      if (way === 'up') this.#isCutting ||= this.#options.takesCut()
      else if (this.#isCutting) return this.reset()
      take(octets, false)
    })
    from.on('end', () => take(Buffer.alloc(0), true))
    from.on('error', () => {
      if (!this.#loses(way)) this.reset()
    })
    from.on('close', () => {
      this.#open -= 1
      if (this.#open === 0) this.#options.onClosed()
    })
  }

  /** Whether what happens now in this direction vanishes. */
  #loses(way: Way): boolean {
    const isLost = this.isSilent || this.#options.conditions(way).silence === 'lost'
    this.hasLost ||= isLost
    return isLost
  }

  async #send(way: Way, to: Socket, { octets, isEnd, dueMs }: Waiting): Promise<void> {
    const waitMs = dueMs - performance.now()
    if (waitMs > 0) await delay(waitMs)
    await this.#untilPassable(way, to)
    let sent = 0
    while (sent < octets.length && !this.#isOver) {
      const { sliceOctets, octetsPerSecondMax } = this.#options.conditions(way)
      const size = Math.max(1, sliceOctets?.() ?? octets.length)
      const piece = octets.subarray(sent, sent + size)
      to.write(piece)
      sent += piece.length
      this.#options.onPassed(way, piece.length)
      if (octetsPerSecondMax !== undefined) await delay((1_000 * piece.length) / octetsPerSecondMax)
      else if (sliceOctets !== undefined) await nextTurn()
      await this.#untilPassable(way, to)
    }
    if (isEnd && !this.#isOver) to.end()
  }

  /** While octets are held, or the receiver reads none. */
  async #untilPassable(way: Way, to: Socket): Promise<void> {
    while (!this.#isOver && (this.#options.conditions(way).silence === 'held' || to.writableNeedDrain))
      await delay(LOOK_MS)
  }
}

/** How often it is looked whether octets may pass. Milliseconds. */
const LOOK_MS = 5

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return address.port
}
