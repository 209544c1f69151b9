import { once } from 'node:events'
import { connect, type TLSSocket } from 'node:tls'
import { encodeFrame, makeFrameReader } from '../epp/frames.ts'

export type Endpoint = { readonly host: string; readonly port: number; readonly ca: string }

/** One EPP connection with one command in flight. */
export type Link = {
  readonly greeting: string
  /** The answer; `undefined` when the connection ended or nothing came in time. */
  ask(xml: string): Promise<string | undefined>
  readonly isOpen: boolean
  close(): void
}

/** A slow registry answers after some seconds. A rival waits no longer than this. */
const ANSWER_MS_MAX = 10_000

type Inbox = { next(): Promise<string | undefined> }

/** Returns documents as they arrive; `undefined` at the end of the connection, or when none arrives in time. */
function makeInbox(socket: TLSSocket): Inbox {
  const arrived: string[] = []
  const readFrames = makeFrameReader()
  let wake: (() => void) | undefined
  socket.on('data', (chunk: Buffer) => {
    try {
      readFrames(chunk, (document) => arrived.push(document.toString('utf8')))
    } catch {
      socket.destroy()
    }
    wake?.()
  })
  socket.on('close', () => wake?.())
  return {
    async next() {
      if (arrived.length === 0 && !socket.destroyed) {
        await new Promise<void>((resolve) => {
          const late = setTimeout(resolve, ANSWER_MS_MAX)
          wake = () => {
            clearTimeout(late)
            resolve()
          }
        })
        wake = undefined
      }
      return arrived.shift()
    },
  }
}

/** Connects, the certificate checked, and waits for the greeting. Rejects when there is none. */
export async function openLink({ host, port, ca }: Endpoint): Promise<Link> {
  const socket = connect({ host, port, ca, servername: 'localhost' })
  socket.setNoDelay(true)
  const inbox = makeInbox(socket)
  await once(socket, 'secureConnect')
  socket.on('error', () => socket.destroy())
  const greeting = await inbox.next()
  if (greeting === undefined) {
    socket.destroy()
    throw new Error('no greeting')
  }
  return {
    greeting,
    get isOpen() {
      return !socket.destroyed
    },
    async ask(xml) {
      if (socket.destroyed) return undefined
      socket.write(encodeFrame(xml))
      const answer = await inbox.next()
      if (answer === undefined) socket.destroy()
      return answer
    },
    close: () => socket.destroy(),
  }
}
